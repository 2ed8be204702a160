using Models.Jinja.Rendering;
using Models.Project.Configuration;
using Models.Project.Packages;
using Models.Rendering.Context;

namespace Models.Compiler.Packages;

/// <summary>The index of public packages. Source: docs.getdbt.com/docs/build/packages; <c>DBT_PACKAGE_HUB_URL</c> names another one.</summary>
internal sealed class PackageHub(PackageDownload download, bool checksVersion, Action<string> warn)
{
    private const string PublicHub = "https://hub.getdbt.com/";

    private static readonly VersionNumber s_ours = VersionRequirement.Read(DbtNames.DbtVersion)!.Version;

    private readonly Dictionary<string, JinjaDict> _versions = new(StringComparer.Ordinal);

    /// <summary>Takes the newest version that fits all conditions.</summary>
    /// <exception cref="PackageException">The hub cannot be reached, or has no such package or version.</exception>
    public async Task<ResolvedPackage> ResolveAsync(HubRequest request, Func<string, string> localFolder, CancellationToken cancellationToken)
    {
        var conditions = request.Versions.Select(v => VersionRequirement.Read(v)
            ?? throw new PackageException($"'{v}' is not a version; write for example 1.3.0, or [\">=1.0.0\", \"<2.0.0\"]")).ToList();
        var mayBePrerelease = request.AllowsPrerelease || conditions.Exists(c => c.Version.Before.Length > 0);
        var versions = await VersionsAsync(request.Package, cancellationToken);
        var installable = versions
            .Select(v => (Text: PythonText.Str(v.Key), Fields: v.Value as JinjaDict ?? []))
            .Select(v => (v.Text, v.Fields, VersionRequirement.Read(v.Text)?.Version))
            .Where(v => v.Version is { } number && (mayBePrerelease || number.Before.Length == 0) && (!checksVersion || Fits(v.Fields)))
            .OrderByDescending(v => v.Version!.Value)
            .ToList();
        var chosen = installable.Find(v => conditions.TrueForAll(c => c.Allows(v.Version!.Value)));
        if (chosen.Text is null)
        {
            throw new PackageException($"no version of it fits {string.Join(", ", request.Versions.Select(v => $"'{v}'"))}{(checksVersion
                ? $" and dbt {DbtNames.DbtVersion}"
                : "")}; there are {Listed(installable.ConvertAll(v => v.Text))}");
        }

        return new ResolvedPackage(request, Text(chosen.Fields, "name") ?? request.Package.Split('/')[^1])
        {
            Version = chosen.Text,
            Newer = installable[0].Text == chosen.Text ? null : installable[0].Text,
            Archive = chosen.Fields.TryGetValue("downloads", out var downloads) && downloads is JinjaDict addresses ? Text(addresses, "tarball") : null,
            Packages = chosen.Fields.TryGetValue("packages", out var packages) && packages is JinjaList listed
                ? [.. PackageList.OfHub(listed, request.Span, localFolder)]
                : [],
        };
    }

    private async Task<JinjaDict> VersionsAsync(string package, CancellationToken cancellationToken)
    {
        if (_versions.TryGetValue(package, out var known))
            return known;
        if (package.Split('/') is not [{ Length: > 0 }, { Length: > 0 }])
            throw new PackageException("a package of the hub has a namespace, as in dbt-labs/dbt_utils");

        var hub = Environment.GetEnvironmentVariable("DBT_PACKAGE_HUB_URL") is { Length: > 0 } given ? given : PublicHub;
        using var document = await download.ReadJsonAsync($"{hub.TrimEnd('/')}/api/v1/{package}.json", cancellationToken)
            ?? throw new PackageException("the hub has no such package");
        if (!Json.TryParse(document.RootElement.GetRawText(), out var value) || value is not JinjaDict answer
            || !answer.TryGetValue("versions", out var versions) || versions is not JinjaDict found)
            throw new PackageException("what the hub sent is no description of a package");

        if (Text(answer, "redirectnamespace") is { } || Text(answer, "redirectname") is { })
        {
            var now = $"{Text(answer, "redirectnamespace") ?? Text(answer, "namespace")}/{Text(answer, "redirectname") ?? Text(answer, "name")}";
            warn($"The package '{package}' is deprecated in favour of '{now}'; change packages.yml.");
        }

        return _versions[package] = found;
    }

    private static bool Fits(JinjaDict version) => !version.TryGetValue("require_dbt_version", out var required) || required switch
    {
        JinjaList several => several.All(r => Allows(PythonText.Str(r))),
        string one => Allows(one),
        _ => true,
    };

    private static bool Allows(string condition) => VersionRequirement.Read(condition)?.Allows(s_ours) ?? true;

    private static string? Text(JinjaDict fields, string key) => fields.TryGetValue(key, out var value) ? value as string : null;

    private static string Listed(List<string> versions) => versions.Count switch
    {
        0 => "none",
        <= 8 => string.Join(", ", versions),
        _ => $"{string.Join(", ", versions.Take(8))} and {versions.Count - 8} more",
    };
}
