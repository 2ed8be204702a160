using Models.Parsing.Nodes;
using Models.Parsing.Nodes.Semantics;
using Models.Parsing.Packages;
using Models.Parsing.Properties;
using Models.Project.Graph;
using Models.Rendering.Context;

namespace Models.Parsing.PartialParsing;

/// <summary>Parses all files of a project.</summary>
internal static class FullParse
{
    public static ReadProject Read(DbtProject project, IReadOnlyList<PackageFiles> files, CancellationToken cancellationToken)
    {
        var before = project.Diagnostics.Count;
        var docs = new DocsIndex(project.Name, files, project.Diagnostics);
        var properties = PropertiesIndex.Load(files, project, docs, cancellationToken);
        var session = new ParseSession(project, properties, cancellationToken);
        foreach (var package in files)
        {
            new ModelReader(session, package).Read();
            new FileNodeReader(session, package).Read();
            new SnapshotReader(session, package).Read();
            new FunctionReader(session, package).Read();
        }

        new SourceReader(session).Read();
        new GenericTestReader(session).Read();
        new DeclarationReader(session).Read();
        new SemanticReader(session).Read();
        var read = new ReadProject(session, Record: null)
        {
            Docs = [.. docs.All.Select(d => new DocDefinition($"doc.{d.Package}.{d.Block.Name}", d.Block.Name, d.Package, d.File, d.Block.Text))],
            Groups = [.. properties.Groups.Select(GroupReader.Read)],
            Macros = MacroProperties.Read(project.Macros, properties),
        };
        ProjectChecks.ReportUnused(session);
        return read with
        {
            Record = new ParseRecord
            {
                Docs = read.Docs,
                Groups = read.Groups,
                Macros = read.Macros,
                Diagnostics = project.Diagnostics.Since(before),
            },
        };
    }
}
