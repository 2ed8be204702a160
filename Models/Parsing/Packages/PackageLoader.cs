using Models.Diagnostics;
using Models.Parsing.Files;
using Models.Project.Diagnostics;
using Models.Project.Files;
using Models.Project.Yaml;
using Models.Rendering.Context;

namespace Models.Parsing.Packages;

/// <summary>Finds a project's packages: those installed in dbt_packages, and local ones listed in packages.yml or dependencies.yml.</summary>
internal sealed class PackageLoader(ProjectFile root, Func<NodeContext> newContext, DiagnosticBag diagnostics)
{
    /// <summary>The file in which <c>deps</c> stores what it installed.</summary>
    public const string LockFileName = "package-lock.yml";

    private readonly Dictionary<string, ProjectFile> _packages = new(StringComparer.Ordinal) { [root.Name] = root };
    private readonly List<ProjectFile> _inOrder = [root];
    private readonly HashSet<string> _followed = new(StringComparer.Ordinal);

    /// <summary>Returns the packages, the root project first.</summary>
    public IReadOnlyList<ProjectFile> Load()
    {
        var installed = Path.Combine(root.Root, root.PackagesPath);
        if (Directory.Exists(installed))
        {
            foreach (var folder in Directory.EnumerateDirectories(installed).Order(StringComparer.Ordinal))
            {
                if (File.Exists(Path.Combine(folder, ProjectFileReader.FileName)))
                    Add(folder);
            }
        }

        LoadListed(root);
        return _inOrder;
    }

    private void LoadListed(ProjectFile project)
    {
        if (!_followed.Add(project.Name))
            return;

        foreach (var fileName in (ReadOnlySpan<string>)["packages.yml", "dependencies.yml"])
        {
            var path = Path.Combine(project.Root, fileName);
            if (!File.Exists(path) || SourceFile.Read(path, diagnostics) is not { } source || YamlReader.ReadMapping(source, diagnostics) is not { } file)
                continue;

            if (file["packages"] is not YamlSequence packages)
                continue;

            var rendering = new YamlRendering(newContext(), diagnostics);
            foreach (var item in packages.Items.OfType<YamlMapping>())
                LoadListed(project, fileName, item, rendering);
        }
    }

    private void LoadListed(ProjectFile project, string fileName, YamlMapping entry, YamlRendering rendering)
    {
        if (entry["local"] is { } local && rendering.Value(local) is string relative)
        {
            var folder = LocalPackage.Find(root.Root, project.Root, relative);
            if (_inOrder.Find(p => SameFolder(p.Root, folder)) is { } known)
            {
                LoadListed(known);
                return;
            }

            if (!File.Exists(Path.Combine(folder, ProjectFileReader.FileName)))
                diagnostics.Add(ProjectDiagnostics.PackageNotInstalled(local.Span, relative, fileName, folder));
            else if (Add(folder) is { } package)
                LoadListed(package);
        }
        else if (entry["package"] is { } hub && rendering.Value(hub) is string name && ReferenceEquals(project, root))
        {
            var shortName = LockedName(name) ?? name[(name.LastIndexOf('/') + 1)..];
            var folder = Path.Combine(root.Root, root.PackagesPath, shortName);
            if (!_packages.ContainsKey(shortName) && !Directory.Exists(folder))
                diagnostics.Add(ProjectDiagnostics.PackageNotInstalled(hub.Span, name, fileName, folder));
        }
    }

    /// <summary>Returns the name under which <c>deps</c> installed a package of the hub, which may differ from its name there; null if it did not.</summary>
    private string? LockedName(string package)
    {
        var path = Path.Combine(root.Root, LockFileName);
        if (!File.Exists(path) || SourceFile.Read(path, diagnostics) is not { } source
            || YamlReader.ReadMapping(source, diagnostics)?["packages"] is not YamlSequence locked)
            return null;

        var entry = locked.Items.OfType<YamlMapping>().FirstOrDefault(e => (e["package"] as YamlScalar)?.Text == package);
        return (entry?["name"] as YamlScalar)?.Text;
    }

    private ProjectFile? Add(string folder)
    {
        if (ProjectFileReader.Load(folder, diagnostics) is not var (source, yaml))
            return null;

        if (new ProjectFileReader(source, yaml, new YamlRendering(newContext(), diagnostics), diagnostics).Read() is not { } package)
            return null;

        if (_packages.TryGetValue(package.Name, out var first))
        {
            // a local package that is both linked into dbt_packages and listed is one package
            if (!SameFolder(first.Root, folder) && !ReferenceEquals(first, root))
                return null;
            if (ReferenceEquals(first, root))
                diagnostics.Add(ProjectDiagnostics.PackageInstalledTwice(SourceSpan.WholeFile(source.Path), package.Name, first.Root, folder));
            return null;
        }

        _packages[package.Name] = package;
        _inOrder.Add(package);
        return package;
    }

    private static bool SameFolder(string a, string b) => Resolve(a) == Resolve(b);

    private static string Resolve(string folder)
    {
        var info = new DirectoryInfo(Path.TrimEndingDirectorySeparator(folder));
        return (info.ResolveLinkTarget(returnFinalTarget: true) ?? info).FullName;
    }
}
