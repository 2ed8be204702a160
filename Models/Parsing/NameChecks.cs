using Models.Diagnostics;
using Models.Parsing.Nodes;
using Models.Project.Configuration;
using Models.Project.Diagnostics;
using Models.Project.Graph;

namespace Models.Parsing;

/// <summary>
/// Reports names that the server would truncate, so that they would refer to another relation or collide. A schema's name may be longer, because targets
/// of continuous integration have long ones, unless the server would store two of them under the same name.
/// </summary>
internal static class NameChecks
{
    public static void Report(ProjectGraph graph, ParseSession session)
    {
        var (options, diagnostics) = (session.Project.Options, session.Diagnostics);
        var schemas = new HashSet<string>(StringComparer.Ordinal);
        var relations = graph.InOrder.OfType<RelationNode>().Where(n => IsInDatabase(n, options)).ToLookup(n => n.Relation);
        foreach (var node in graph.InOrder.OfType<RelationNode>())
        {
            if (!IsInDatabase(node, options))
                continue;

            var owner = $"{node.ResourceType.Name()} '{node.Name}'";
            var place = PlaceOf(node);
            Check(place, node.Relation.Identifier, $"the {owner}", Advice(node), diagnostics);
            if (schemas.Add(node.Relation.Schema))
                CheckSchema(place, node, $"the schema of {owner}", session);
            if (schemas.Add(node.Relation.Database))
                Check(place, node.Relation.Database, $"the database of {owner}", "give it the name that the server has", diagnostics);
            if (node is ModelNode model)
            {
                CheckPointer(place, model, relations, session);
                foreach (var column in model.Columns.Where(_ => model.ContractEnforced))
                    Check(column.Span ?? place, column.ServerName, $"a column of {owner}", "give the column a shorter name", diagnostics);
                foreach (var constraint in model.Constraints.Concat(model.Columns.SelectMany(c => c.Constraints)))
                    Check(place, constraint.Name ?? "", $"a constraint of {owner}", "give the constraint a shorter name", diagnostics);
            }
        }
    }

    private static void CheckPointer(SourceSpan place, ModelNode model, ILookup<Relation, RelationNode> relations, ParseSession session)
    {
        if (LatestVersionPointer.NameOf(session.Project, model) is not { } name)
            return;

        var pointer = model.Relation with { Identifier = name };
        Check(place, name, $"the view of the latest version of '{model.Name}'", "give it a shorter alias under 'latest_version_pointer'", session.Diagnostics);
        if (relations[pointer].FirstOrDefault() is { } taken)
            session.Diagnostics.Add(GraphDiagnostics.PointerCollides(place, model.Name, $"{pointer}", $"{taken.ResourceType.Name()} '{taken.Name}'"));
    }

    private static void CheckSchema(SourceSpan place, RelationNode node, string owner, ParseSession session)
    {
        var kept = node.Relation.Schema;
        switch (node is SourceNode ? [] : session.LongSchemas(kept).ToList())
        {
            case []:
                Check(place, kept, owner, "give it a shorter schema", session.Diagnostics);
                break;
            case [var written]:
                session.Diagnostics.Add(GraphDiagnostics.LongSchema(place, written, owner, ServerName.Length(written), kept));
                break;
            case [var first, var second, ..]:
                var (name, other) = first == kept ? (second, first) : (first, second);
                var advice = $"where those of schema '{other}' are too; give it a shorter schema";
                session.Diagnostics.Add(GraphDiagnostics.LongName(place, name, owner, ServerName.Length(name), kept, advice));
                break;
        }
    }

    private static bool IsInDatabase(RelationNode node, CompileOptions options) => node switch
    {
        ModelNode model => !model.IsEphemeral,
        SeedNode or SnapshotNode or SourceNode or FunctionNode => true,
        TestNode test => test.StoresFailures(options.StoreFailures),
        _ => false,
    };

    private static SourceSpan PlaceOf(RelationNode node) => (node as ModelNode)?.Described?.NameSpan ?? node.Span;

    private static string Advice(RelationNode node) => node switch
    {
        SourceNode => "say under 'identifier' what the server calls it",
        TestNode => "give it a shorter name or alias, or do not store its failures",
        _ => "give it a shorter alias",
    };

    private static void Check(SourceSpan place, string name, string owner, string advice, DiagnosticBag diagnostics)
    {
        if (!ServerName.Fits(name))
            diagnostics.Add(GraphDiagnostics.LongName(place, name, owner, ServerName.Length(name), ServerName.Cut(name), advice));
    }
}
