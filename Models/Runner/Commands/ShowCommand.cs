using System.CommandLine;
using Models.Database;
using Models.Database.Sessions;
using Models.Engine;
using Models.Engine.Targets;
using Models.Parsing;
using Models.Project.Graph;
using Models.Rendering.Connections;
using Models.Rendering.Nodes;
using Models.Runner.Flags;
using Models.Runner.Reporting;

namespace Models.Runner.Commands;

/// <c>leadline show</c>: prints the first rows of a node's SQL, or of inline SQL.
internal static class ShowCommand
{
    private static readonly IReadOnlySet<ResourceType> Types = new HashSet<ResourceType>
    {
        ResourceType.Model, ResourceType.Seed, ResourceType.Snapshot, ResourceType.Test, ResourceType.Analysis, ResourceType.Source,
    };

    public static Command Create()
    {
        var command = new Command("show", "Prints the first rows of a node's SQL or of inline SQL.");
        var selection = new SelectionFlags();
        var state = new StateFlags();
        var rendering = new RenderingFlags();
        selection.AddTo(command);
        state.AddTo(command);
        rendering.AddTo(command);
        var inline = new Option<string?>("--inline") { Description = "SQL to run, with refs as in a model." };
        var direct = new Option<string?>("--inline-direct") { Description = "SQL to run unchanged, without templates.", Hidden = true };
        var limit = new Option<int>("--limit") { Description = "The number of rows; -1 for all.", DefaultValueFactory = _ => 5 };
        var form = new Option<string>("--output") { Description = "text or json.", DefaultValueFactory = _ => "text" }.AcceptOnlyFromAmong("text", "json");
        foreach (var option in (Option[])[inline, direct, limit, form])
            command.Options.Add(option);
        command.SetAction((parsed, cancellationToken) => CommandFrame.RunAsync(parsed, async observer =>
        {
            var options = selection.Read(parsed);
            var text = parsed.GetValue(inline) ?? parsed.GetValue(direct);
            if (text is null == (options.Select.Count == 0 && options.Selector is null))
                throw new RunException("Say what to show: --select with a node, or --inline with SQL.");

            var project = ProjectLoader.Load(rendering.Read(parsed), observer, cancellationToken, announces: false);
            await using var target = TargetAccess.Open(project, observer);
            using var previous = state.Open(parsed, project, observer);
            var nodes = text is null ? SelectedNodes.Of(target, options with { IndirectSelection = IndirectSelection.Empty }, Types, observer, previous) : [];
            var reading = state.Defer(parsed, target, nodes);
            bool Print(Node? node, Func<(string? Header, string Sql)> sql) => Show(
                target, node, sql, parsed.GetValue(limit), parsed.GetValue(form) == "json", parsed.GetValue(ReportFlags.Quiet));
            var shown = text is not null
                ? [Print(node: null, () => parsed.GetValue(direct) is { } plain ? (null, plain) : SqlOf(NodeCompilation.CompileInline(reading, target, text)))]
                : nodes.Select(n => Print(n, () => SqlOf(n, reading, target))).ToList();
            return shown.Contains(false) ? ExitCodes.Unusable : ExitCodes.Success;
        }, printsData: true));
        return command;
    }

    /// <summary>Returns false, and reports an error, if the SQL cannot be rendered or run.</summary>
    private static bool Show(TargetAccess target, Node? node, Func<(string? Header, string Sql)> sql, int limit, bool asJson, bool quiet)
    {
        try
        {
            var name = node is ModelNode { Version: { } version } ? $"{node.Name}.v{version}" : node?.Name;
            Console.WriteLine(QueryOutput.Shown(name, Query(target, sql(), limit), asJson, quiet));
            return true;
        }
        catch (Exception failure) when (Failures.IsAnswer(failure))
        {
            Console.Error.WriteLine(
                node is null ? $"Database Error in inline query: {Failures.Describe(failure)}" : Failures.Describe(failure, node, compiled: null));
            return false;
        }
    }

    private static (string? Header, string Sql) SqlOf(Node node, ParsedProject project, TargetAccess target) => node is SeedNode or SourceNode
        ? (null, $"select * from {project.Relations.Of((RelationNode)node).QuotedName}")
        : SqlOf(project.Compile(node, target.Connection));

    private static (string? Header, string Sql) SqlOf(CompiledNode compiled) => (compiled.Node.Config.GetString("sql_header"), compiled.Sql);

    /// <summary>
    /// Runs the query with its header: statements that run first, for example because they create what it needs, or its beginning (<c>with x as (...)</c>).
    /// </summary>
    private static QueryResult Query(TargetAccess target, (string? Header, string Sql) query, int limit)
    {
        var header = query.Header?.Trim() ?? "";
        if (header.EndsWith(';'))
        {
            target.Connection.Execute(header);
            header = "";
        }

        var sql = query.Sql.TrimEnd().TrimEnd(';');
        return target.Connection.Query(header + "\n" + (limit < 0 ? sql : $"select * from (\n{sql}\n) as dbt_show limit {limit}"));
    }
}
