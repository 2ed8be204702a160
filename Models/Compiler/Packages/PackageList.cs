using System.Security.Cryptography;
using System.Text;
using Models.Diagnostics;
using Models.Jinja.Rendering;
using Models.Parsing;
using Models.Parsing.Packages;
using Models.Project.Configuration;
using Models.Project.Diagnostics;
using Models.Project.Files;
using Models.Project.Yaml;
using Models.Rendering.Context;

namespace Models.Compiler.Packages;

/// <summary>The packages that a project, a package or the lock file lists.</summary>
/// <param name="Requests">The entries in the order written.</param>
/// <param name="Hash">dbt's hash of the entries, by which package-lock.yml is known to belong to them.</param>
internal sealed record PackageList(IReadOnlyList<PackageRequest> Requests, string Hash)
{
    public static PackageList Empty { get; } = new([], "");

    /// <summary>Reads packages.yml and dependencies.yml.</summary>
    /// <exception cref="DiagnosticException">A file or an entry is invalid.</exception>
    public static PackageList OfFolder(string folder, string root, CompileOptions options) => Read(["packages.yml", "dependencies.yml"], folder, root, options);

    /// <exception cref="DiagnosticException">A file or an entry is invalid.</exception>
    public static PackageList Read(IReadOnlyList<string> files, string folder, string root, CompileOptions options)
    {
        var diagnostics = new DiagnosticBag();
        var rendering = new YamlRendering(Bootstrap.NewContext(options, diagnostics, Bootstrap.NoTarget, mayReadSecrets: true), diagnostics);
        var requests = new List<PackageRequest>();
        var hashed = new List<string>();
        foreach (var file in files)
        {
            var path = Path.Combine(folder, file);
            if (!File.Exists(path) || SourceFile.Read(path, diagnostics) is not { } source
                || YamlReader.ReadMapping(source, diagnostics)?["packages"] is not YamlSequence list)
                continue;

            foreach (var entry in list.Items.OfType<YamlMapping>())
            {
                var written = (JinjaDict)entry.ToTemplateValue();
                var rendered = (JinjaDict)rendering.Value(entry)!;
                if (From(rendered, written, entry.Span, local => LocalFolder(local, file, folder, root, entry.Span)) is { } request)
                    requests.Add(request);
                else
                    diagnostics.Add(ProjectDiagnostics.UnusablePackage(
                        entry.Span, JsonText.Write(written), "the entry needs 'package' with 'version', 'git', 'local', or 'tarball' with 'name'"));
                hashed.Add(Hashed(rendered, written));
            }
        }

        if (diagnostics.ToSortedList().FirstOrDefault(d => d.Severity == DiagnosticSeverity.Error) is { } mistake)
            throw new DiagnosticException(mistake);
        var text = string.Join('\n', hashed.Order(StringComparer.Ordinal));
        return new PackageList(requests, Convert.ToHexStringLower(SHA1.HashData(Encoding.UTF8.GetBytes(text))));
    }

    /// <summary>Reads the entries that the hub gives for a version of a package.</summary>
    public static IEnumerable<PackageRequest> OfHub(JinjaList entries, SourceSpan span, Func<string, string> localFolder) =>
        entries.OfType<JinjaDict>().Select(e => From(e, e, span, localFolder)).OfType<PackageRequest>();

    private static PackageRequest? From(JinjaDict entry, JinjaDict written, SourceSpan span, Func<string, string> localFolder)
    {
        string? Text(string key) => entry.TryGetValue(key, out var value) && value is not (null or Undefined) ? PythonText.Str(value) : null;
        string Origin(string key) => written.TryGetValue(key, out var value) ? PythonText.Str(value) : Text(key) ?? "";
        bool Flag(string key, bool otherwise) => entry.TryGetValue(key, out var value) && value is bool flag ? flag : otherwise;

        if (Text("local") is { Length: > 0 } local)
            return new LocalRequest(Origin("local"), span, localFolder(local));
        if (Text("git") is { Length: > 0 } git)
        {
            var warns = Flag("warn-unpinned", Flag("warn_unpinned", otherwise: true));
            return new GitRequest(Origin("git"), span, git, Text("revision"), Text("subdirectory"), warns);
        }

        if (Text("tarball") is { Length: > 0 } tarball && Text("name") is { Length: > 0 } name)
            return new TarballRequest(Origin("tarball"), span, tarball, name);
        if (Text("package") is { Length: > 0 } package && entry.TryGetValue("version", out var version) && version is not (null or Undefined))
            return new HubRequest(Origin("package"), span, package, Versions(version), Flag("install_prerelease", otherwise: false));
        return null;
    }

    private static IReadOnlyList<string> Versions(object? version) => [
        .. (version is JinjaList several ? several.Select(PythonText.Str) : [PythonText.Str(version)])
            .SelectMany(v => v.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)),
    ];

    private static string LocalFolder(string local, string file, string folder, string root, SourceSpan span)
    {
        var found = LocalPackage.Find(root, folder, local);
        return File.Exists(Path.Combine(found, "dbt_project.yml"))
            ? found
            : throw new DiagnosticException(ProjectDiagnostics.PackageNotInstalled(span, local, file, found));
    }

    /// <summary>Completes an entry as dbt does before it hashes it.</summary>
    private static string Hashed(JinjaDict rendered, JinjaDict written)
    {
        var entry = new JinjaDict();
        foreach (var (key, value) in rendered)
            entry[key] = value;
        entry["unrendered"] = written;
        IEnumerable<(string Key, object? Value)> defaults = rendered switch
        {
            _ when rendered.TryGetValue("git", out _) => [("revision", null), ("subdirectory", null), ("warn-unpinned", null)],
            _ when rendered.TryGetValue("package", out _) => [("install_prerelease", false)],
            _ => [],
        };
        foreach (var (key, value) in defaults)
        {
            if (!entry.TryGetValue(key, out _))
                entry[key] = value;
        }

        return JsonText.Write(entry, sortKeys: true);
    }
}
