using Models.Diagnostics;
using Models.Parsing.Packages;
using Models.Project.Diagnostics;
using Models.Project.Files;
using Models.Project.Yaml;
using Models.Rendering.Context;

namespace Models.Parsing.Properties;

/// <summary>All properties files of a project and its packages, indexed by what they describe.</summary>
internal sealed class PropertiesIndex
{
    /// <summary>The sections that describe nodes defined elsewhere, and the name of each section's entries in messages.</summary>
    private static readonly Dictionary<string, string> s_described = new(StringComparer.Ordinal)
    {
        ["models"] = "model",
        ["seeds"] = "seed",
        ["snapshots"] = "snapshot",
        ["analyses"] = "analysis",
        ["macros"] = "macro",
        ["data_tests"] = "test",
        ["functions"] = "function",
    };

    private readonly Dictionary<(string Package, string Section, string Name), NodeProperties> _properties = [];
    private readonly DiagnosticBag _diagnostics;

    /// <summary>Creates an empty index.</summary>
    public PropertiesIndex(DiagnosticBag diagnostics) => _diagnostics = diagnostics;

    public List<NodeProperties> Sources { get; } = [];

    public List<NodeProperties> Exposures { get; } = [];

    public List<NodeProperties> UnitTests { get; } = [];

    public List<NodeProperties> SemanticModels { get; } = [];

    public List<NodeProperties> Metrics { get; } = [];

    public List<NodeProperties> SavedQueries { get; } = [];

    public List<NodeProperties> Groups { get; } = [];

    public static PropertiesIndex Load(IReadOnlyList<PackageFiles> packages, DbtProject project, DocsIndex docs, CancellationToken cancellationToken)
    {
        var index = new PropertiesIndex(project.Diagnostics);
        foreach (var package in packages)
        {
            var doc = docs.DocFunction(package.Project.Name);
            var files = new PropertiesFile?[package.Properties.Count];
            Parallel.For(0, files.Length, new ParallelOptions { CancellationToken = cancellationToken }, i =>
            {
                var path = package.Properties[i];
                if (SourceFile.Read(path.Absolute, project.Diagnostics) is { } source && YamlReader.ReadMapping(source, project.Diagnostics) is { } root)
                    files[i] = new PropertiesFile(package.Project, path.Relative, source, root, project, doc, project.Diagnostics);
            });
            foreach (var file in files)
            {
                if (file is not null)
                    index.Add(file);
            }
        }

        return index;
    }

    /// <summary>Finds the properties of a node and marks them as used; returns null if no file describes it.</summary>
    public NodeProperties? Find(string package, string section, string name)
    {
        if (!_properties.TryGetValue((package, section, name), out var properties))
            return null;

        properties.IsUsed = true;
        return properties;
    }

    public IEnumerable<NodeProperties> Section(string section) => _properties.Where(p => p.Key.Section == section).Select(p => p.Value);

    /// <summary>Reports properties of nodes that do not exist.</summary>
    public void ReportUnused(Func<string, IEnumerable<string>> namesOf)
    {
        foreach (var ((_, section, name), properties) in _properties)
        {
            if (!properties.IsUsed)
                _diagnostics.Add(ProjectDiagnostics.PropertiesWithoutNode(properties.NameSpan, s_described[section], name, namesOf(section)));
        }
    }

    private void Add(PropertiesFile file)
    {
        foreach (var section in file.Root.Entries)
        {
            var name = section.Key == "tests" ? "data_tests" : section.Key;
            if (!PropertyKeys.IsSection(name))
            {
                _diagnostics.Add(ProjectDiagnostics.UnknownKey(section.KeySpan, section.Key, "a properties file", PropertyKeys.Sections));
                continue;
            }

            if (name is "version" or "anchors" || section.Value is YamlScalar { IsNull: true })
                continue;

            if (section.Value is not YamlSequence entries)
            {
                _diagnostics.Add(ProjectDiagnostics.UnexpectedYamlKind(section.Value.Span, section.Key, section.Value.Kind, "a list"));
                continue;
            }

            foreach (var item in entries.Items)
                Add(file, name, item);
        }
    }

    private void Add(PropertiesFile file, string section, YamlValue item)
    {
        if (item is not YamlMapping entry)
        {
            _diagnostics.Add(ProjectDiagnostics.UnexpectedYamlKind(item.Span, $"an entry of '{section}'", item.Kind, "a mapping"));
            return;
        }

        if (file.Text(entry["name"]) is not { Length: > 0 } name)
        {
            _diagnostics.Add(ProjectDiagnostics.MissingKey(entry.Span, $"an entry of '{section}'", "name"));
            return;
        }

        PropertyKeys.Check(section, entry, _diagnostics);
        var properties = new NodeProperties(file, name, entry);
        switch (section)
        {
            case "sources":
                Sources.Add(properties);
                break;
            case "exposures":
                Exposures.Add(properties);
                break;
            case "unit_tests":
                UnitTests.Add(properties);
                break;
            case "semantic_models":
                SemanticModels.Add(properties);
                break;
            case "metrics":
                Metrics.Add(ModelSemantics.Metric(properties));
                break;
            case "saved_queries":
                SavedQueries.Add(properties);
                break;
            case "groups":
                Groups.Add(properties);
                break;
            case var described when s_described.ContainsKey(described):
                if (described == "models" && ModelSemantics.SemanticModelOf(properties) is { } semantics)
                {
                    SemanticModels.Add(semantics);
                    Metrics.AddRange(ModelSemantics.MetricsOf(properties));
                }

                if (!_properties.TryAdd((file.Package.Name, described, name), properties))
                    _diagnostics.Add(ProjectDiagnostics.DuplicateName(
                        properties.NameSpan, $"the description of {s_described[described]}", name, _properties[(file.Package.Name, described, name)].NameSpan));
                break;
        }
    }
}
