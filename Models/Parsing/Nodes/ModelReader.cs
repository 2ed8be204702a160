using Models.Diagnostics;
using Models.Parsing.Packages;
using Models.Parsing.Properties;
using Models.Project.Diagnostics;
using Models.Project.Files;
using Models.Project.Graph;

namespace Models.Parsing.Nodes;

/// <summary>Reads the models of a package.</summary>
internal sealed class ModelReader(ParseSession session, PackageFiles package)
{
    private readonly ModelBuilder _builder = new(session);
    private readonly Dictionary<string, (
        NodeProperties Properties, ModelVersion Version)> _versionFiles = FindVersionFiles(session.Properties, package);

    /// <summary>Reads the files in parallel. The session holds their models in the order of the paths, whichever was read first.</summary>
    public void Read()
    {
        var before = session.Nodes.Count;
        Parallel.ForEach(package.Models, session.Parallelism, ReadFile);
        session.SortByPath(before);
    }

    private void ReadFile(ProjectFilePath file)
    {
        var stem = file.Stem;
        if (file.Relative.EndsWith(".py", StringComparison.OrdinalIgnoreCase))
        {
            ReportPython(session, file);
            return;
        }

        var found = new DiagnosticBag();
        if (SourceFile.Read(file.Absolute, found) is not { } source)
        {
            session.FinishModelFile(file.Absolute, found);
            return;
        }

        var isVersion = _versionFiles.TryGetValue(stem, out var versioned);
        var properties = isVersion
            ? session.Properties.Find(package.Project.Name, "models", versioned.Properties.Name) ?? versioned.Properties
            : session.Properties.Find(package.Project.Name, "models", stem);
        var model = isVersion
            ? Create(file, source, properties!.Name, versioned.Version.Version, properties.LatestVersion())
            : Create(file, source, stem, version: null, latestVersion: null);
        var description = properties is null ? null : ModelDescriptionReader.Read(properties, versioned.Version, session.Diagnostics);
        _builder.Build(model, description, package.Project);
    }

    public static void ReportPython(ParseSession session, ProjectFilePath file)
    {
        var found = new DiagnosticBag();
        found.Add(ProjectDiagnostics.PythonModel(SourceSpan.WholeFile(file.Absolute), file.Stem));
        session.FinishModelFile(file.Absolute, found);
    }

    private ModelNode Create(ProjectFilePath file, SourceText source, string name, string? version, string? latestVersion)
    {
        var suffix = version is null ? "" : $".v{version}";
        return new ModelNode
        {
            UniqueId = $"model.{package.Project.Name}.{name}{suffix}",
            Name = name,
            PackageName = package.Project.Name,
            OriginalFilePath = file.Relative,
            PathInFolder = file.BelowFolder,
            Span = SourceSpan.WholeFile(file.Absolute),
            Fqn = version is null
                ? ParseSession.Fqn(package.Project.Name, file.BelowFolder, name)
                : ParseSession.Fqn(package.Project.Name, file.BelowFolder, name, $"v{version}"),
            Source = source,
            Relation = session.Provisional(name),
            Version = version,
            LatestVersion = latestVersion,
        };
    }

    private static Dictionary<string, (NodeProperties, ModelVersion)> FindVersionFiles(PropertiesIndex index, PackageFiles package)
    {
        var stems = package.Models.Select(f => f.Stem).ToHashSet(StringComparer.Ordinal);
        var files = new Dictionary<string, (NodeProperties, ModelVersion)>(StringComparer.Ordinal);
        foreach (var properties in index.Section("models"))
        {
            if (properties.File.Package.Name != package.Project.Name)
                continue;

            foreach (var version in properties.Versions())
            {
                // the latest version's file may have the name of the model alone
                string[] own = version.DefinedIn is { } file ? [file] : [$"{properties.Name}_v{version.Version}", $"{properties.Name}.v{version.Version}"];
                foreach (var stem in version.DefinedIn is null && version.Version == properties.LatestVersion() && !own.Any(stems.Contains)
                    ? [properties.Name]
                    : own)
                    files[stem] = (properties, version);
            }
        }

        return files;
    }
}
