using Models.Diagnostics;
using Models.Jinja.Parsing;
using Models.Jinja.Rendering;
using Models.Parsing.Packages;
using Models.Parsing.Properties;
using Models.Project.Diagnostics;
using Models.Project.Files;
using Models.Project.Graph;
using Models.Project.Yaml;

namespace Models.Parsing.Nodes;

/// <summary>Reads snapshots: blocks in files, and snapshots declared in YAML.</summary>
internal sealed class SnapshotReader(ParseSession session, PackageFiles package)
{
    private readonly string _name = package.Project.Name;

    public void Read()
    {
        foreach (var file in package.Snapshots)
            ReadFile(file);
        foreach (var properties in session.Properties.Section("snapshots").ToList())
        {
            if (properties.File.Package.Name == _name && properties.Yaml["relation"] is YamlScalar relation)
                ReadYaml(properties, relation);
        }
    }

    /// <summary>Parses the template of a snapshot: the block of its name in a file, or the whole text.</summary>
    public static Template ParseBody(SourceText source, string name)
    {
        var template = TemplateReader.Read(source, new DiagnosticBag());
        foreach (var block in template.Snapshots)
        {
            if (block.Name == name)
                return block.Body;
        }

        return template;
    }

    private void ReadFile(ProjectFilePath file)
    {
        if (SourceFile.Read(file.Absolute, session.Diagnostics) is not { } source)
            return;

        foreach (var block in TemplateReader.Read(source, session.Diagnostics).Snapshots)
        {
            var folders = ParseSession.Fqn(_name, file.BelowFolder, file.Stem, block.Name);
            Add(block.Name, file.Relative, file.BelowFolder, block.NameSpan, folders, block.Body, session.Properties.Find(_name, "snapshots", block.Name));
        }
    }

    private void ReadYaml(NodeProperties properties, YamlScalar relation)
    {
        var source = new SourceText(properties.NameSpan.File, $"select * from {{{{ {relation.Text} }}}}");
        var relative = properties.File.Relative;
        var below = package.Project.SnapshotPaths.FirstOrDefault(p => relative.StartsWith(p.TrimEnd('/') + "/", StringComparison.Ordinal)) is { } folder
            ? relative[(folder.TrimEnd('/').Length + 1)..]
            : relative;
        var found = new DiagnosticBag();
        var template = TemplateReader.Read(source, found);
        if (found.HasErrors)
            session.Diagnostics.Add(ProjectDiagnostics.InvalidValue(relation.Span, relation.Text, "relation", "ref('name') or source('name', 'table')"));
        Add(properties.Name, relative, below, properties.NameSpan, ParseSession.Fqn(
            _name, below, properties.Name), template, session.Properties.Find(_name, "snapshots", properties.Name));
    }

    private void Add(string name, string relative, string below, SourceSpan span, string[] fqn, Template template, NodeProperties? properties)
    {
        var snapshot = new SnapshotNode
        {
            UniqueId = $"snapshot.{_name}.{name}",
            Name = name,
            PackageName = _name,
            OriginalFilePath = relative,
            PathInFolder = below,
            Span = span,
            Fqn = fqn,
            Source = template.Source,
            Relation = session.Provisional(name),
            LazyTemplate = new(template),
        };
        (snapshot, var capture) = session.Capture(session.Configure(snapshot, package.Project, properties));
        snapshot = ParseSession.Describe(session.Configure(snapshot, package.Project, properties, capture), properties);
        session.Add(session.Name(session.CaptureHooks(snapshot)));
    }
}
