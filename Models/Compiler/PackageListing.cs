using Models.Diagnostics;
using Models.Parsing;
using Models.Parsing.Files;
using Models.Parsing.Packages;
using Models.Project.Configuration;
using Models.Project.Diagnostics;
using Models.Project.Files;
using Models.Project.Yaml;
using Models.Rendering.Context;

namespace Models.Compiler;

/// <summary>The packages listed in packages.yml or dependencies.yml, including those that the packages list themselves.</summary>
public sealed class PackageListing
{
    private readonly CompileOptions _options;
    private readonly ProjectFolders _project;
    private readonly List<ListedPackage> _found = [];
    private readonly HashSet<string> _followed = new(StringComparer.Ordinal);

    private PackageListing(CompileOptions options, ProjectFolders project)
    {
        _options = options;
        _project = project;
    }

    /// <summary>Returns each package once, before those that it lists.</summary>
    /// <exception cref="DiagnosticException">A file cannot be read, or a local package does not exist.</exception>
    public static IReadOnlyList<ListedPackage> Read(CompileOptions options, ProjectFolders project)
    {
        var listing = new PackageListing(options, project);
        listing.Follow(project.Root);
        return listing._found;
    }

    private void Follow(string folder)
    {
        if (!_followed.Add(Path.TrimEndingDirectorySeparator(folder)))
            return;

        var diagnostics = new DiagnosticBag();
        foreach (var file in (ReadOnlySpan<string>)["packages.yml", "dependencies.yml"])
        {
            var path = Path.Combine(folder, file);
            if (!File.Exists(path) || SourceFile.Read(path, diagnostics) is not { } source
                || YamlReader.ReadMapping(source, diagnostics)?["packages"] is not YamlSequence list)
                continue;

            var rendering = new YamlRendering(Bootstrap.NewContext(_options, diagnostics, Bootstrap.NoTarget, mayReadSecrets: true), diagnostics);
            foreach (var entry in list.Items.OfType<YamlMapping>())
                Take(folder, file, entry, rendering);
        }

        if (diagnostics.ToSortedList().FirstOrDefault(d => d.Severity == DiagnosticSeverity.Error) is { } mistake)
            throw new DiagnosticException(mistake);
    }

    private void Take(string folder, string file, YamlMapping entry, YamlRendering rendering)
    {
        if (entry["local"] is { } local && Text(local, rendering) is { } relative)
        {
            var source = LocalPackage.Find(_project.Root, folder, relative);
            if (!File.Exists(Path.Combine(source, ProjectFileReader.FileName)))
                throw new DiagnosticException(ProjectDiagnostics.PackageNotInstalled(local.Span, relative, file, source));

            Add(new ListedPackage(relative, NameOf(source)) { LocalFolder = source });
            Follow(source);
        }
        else if ((entry["package"] ?? entry["git"] ?? entry["tarball"]) is { } written && Text(written, rendering) is { } origin)
        {
            var name = Text(entry["name"], rendering) ?? Path.GetFileNameWithoutExtension(origin.TrimEnd('/'));
            var installed = FindInstalled(name);

            // shown as written, because the rendered value may contain a secret
            Add(new ListedPackage((written as YamlScalar)?.Text ?? origin, name) { InstalledFolder = installed });
            if (installed is not null)
                Follow(installed);
        }
    }

    private void Add(ListedPackage package)
    {
        if (!_found.Exists(p => p.Name == package.Name))
            _found.Add(package);
    }

    /// <summary>Finds the folder of a package, which has the name of its project and may differ from the repository's name by a hyphen.</summary>
    private string? FindInstalled(string name)
    {
        if (!Directory.Exists(_project.Packages))
            return null;

        return Directory.EnumerateDirectories(_project.Packages)
            .Where(f => File.Exists(Path.Combine(f, ProjectFileReader.FileName)))
            .Order(StringComparer.Ordinal)
            .FirstOrDefault(f => Plain(Path.GetFileName(f)) == Plain(name) || Plain(NameOf(f)) == Plain(name));

        static string Plain(string text) => text.Replace('-', '_');
    }

    private string NameOf(string folder) => ProjectFolders.Read(_options with { ProjectDirectory = folder }).Name;

    private static string? Text(YamlValue? value, YamlRendering rendering) => value is null ? null : rendering.Value(value)?.ToString();
}
