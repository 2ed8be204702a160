using Models.Analysis.Diagnostics;
using Models.Analysis.UnitTests;
using Models.Diagnostics;
using Models.Project.Graph;
using Models.Project.Store;
using Models.Rendering.Nodes;
using Npgsql;

namespace Models.Analysis;

/// <summary>Runs unit tests in the analysis database: their inputs and expectations are part of the project, so that they need no data.</summary>
internal sealed class UnitTestAnalyser(AnalysisScope scope, RelationStore store)
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        // skip tests whose declaration already has a reported error
        var wrong = scope.Project.Diagnostics.Since(0).Where(d => d.Severity == DiagnosticSeverity.Error).Select(d => d.Span).ToHashSet();
        foreach (var test in scope.Project.Graph.InOrder.OfType<UnitTestNode>().Where(t => !wrong.Contains(t.Span)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!scope.Results.TryGetValue(test.Model, out var model) || model.State != AnalysisState.Analysed)
                continue;

            // a function that reads relations finds rows only in the target
            if (CallsReadingFunction(scope.Project.Graph[test.Model]))
                continue;

            var key = Key(test);
            if (scope.Cache.TryGet(test.UniqueId, key, out var entry))
            {
                scope.Cache.Keep(test.UniqueId, entry);
                continue;
            }

            var database = await scope.Server.DatabaseAsync(cancellationToken);
            await store.EnsureAsync(database, scope.RelationsRead(scope.Project.Graph[test.Model]), cancellationToken);
            scope.AnalysedCount++;
            if (Run(test, database) is { } failure)
                scope.Diagnostics.Add(failure);
            else
                scope.Cache.Keep(test.UniqueId, new(key, AnalysedNode.Without(AnalysisState.Analysed), []));
        }
    }

    private bool CallsReadingFunction(Node node) => node.DependsOn
        .Select(id => scope.Project.Graph.TryGet(id, out var parent) ? parent as FunctionNode : null)
        .OfType<FunctionNode>()
        .Any(f => f.DependsOn.Any(id => scope.Project.Graph.TryGet(id, out var read) && read is not FunctionNode) || CallsReadingFunction(f));

    private Diagnostic? Run(UnitTestNode test, AnalysisDatabase database)
    {
        var model = scope.Project.Graph[test.Model];
        try
        {
            using var connection = database.OpenForTemplates();
            var query = new UnitTest(scope.Project, test, node =>
                scope.Results.TryGetValue(node.UniqueId, out var result) ? [.. result.Columns.Select(c => (c.Name, c.Type))] : []);
            var difference = query.Run(database.AdapterOn(connection), database.Qualifier.Blank);
            return difference is null ? null : SqlDiagnostics.UnitTest(test.Span, test.Name, model.Name, difference);
        }
        catch (DiagnosticException e)
        {
            return e.Diagnostic;
        }
        catch (PostgresException e) when (!e.SqlState.StartsWith("57P", StringComparison.Ordinal))
        {
            return SqlDiagnostics.UnitTest(test.Span, test.Name, model.Name, e.MessageText.Replace('"', '\''));
        }
    }

    private Digest Key(UnitTestNode test)
    {
        var key = new DigestBuilder();
        using var properties = new MemoryStream();
        using (var json = new System.Text.Json.Utf8JsonWriter(properties))
            JsonValues.WriteValue(json, test.Properties);

        key.Add(properties.GetBuffer().AsSpan(0, (int)properties.Length));
        foreach (var fixture in scope.Project.FixturesOf(test))
            key.Add(AnalysisScope.FileStamp(fixture));

        key.Add(scope.Fingerprint).Add(((ModelNode)scope.Project.Graph[test.Model]).Source.Text);
        // the bodies of functions decide the result, unlike those of other parents
        foreach (var function in scope.WithAncestors([scope.Project.Graph[test.Model]]).Select(id => scope.Project.Graph[id]).OfType<FunctionNode>())
        {
            foreach (var variant in function.Variants)
                key.Add(variant.Source.Text);
        }

        return scope.AddParents(key, scope.Project.Graph[test.Model]).Finish();
    }
}
