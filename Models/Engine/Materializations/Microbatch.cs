using Models.Database;
using Models.Database.Catalog;
using Models.Database.Sessions;
using Models.Project.Graph;
using Models.Rendering.Nodes;

namespace Models.Engine.Materializations;

/// <summary>
/// An incremental model built one batch of event time after another. Each batch is a transaction of its own; a table built from the
/// beginning takes its place only when all batches are there.
/// </summary>
internal static class Microbatch
{
    public static bool Applies(BuildContext context) => context.Node.Config.GetString("incremental_strategy") == "microbatch";

    public static Task<StatementOutcome> BuildAsync(BuildContext context, CancellationToken cancellationToken)
    {
        if (context.Node.Config.GetString("event_time") is not { } eventTime)
            throw new RunException($"Model '{context.Node.Name}' is built in batches and has no event_time: name the column that says when a row happened.");

        var isIncremental = context.ExistingType == "table" && !context.FullRefresh;
        var windows = isIncremental && context.Run.Options.OnlyBatches.TryGetValue(context.Node.UniqueId, out var left)
            ? left
            : BatchPlan.Windows(context.Node, context.Run.Options, isIncremental, context.Run.Clock.GetUtcNow().UtcDateTime);
        if (windows.Count == 0)
            return Task.FromResult(StatementOutcome.Nothing);

        return isIncremental
            ? AddAsync(context, eventTime, windows, cancellationToken)
            : MakeAsync(context, windows, cancellationToken);
    }

    private static async Task<StatementOutcome> MakeAsync(BuildContext context, IReadOnlyList<TimeRange> windows, CancellationToken cancellationToken)
    {
        var readers = await context.FindReadersAsync(cancellationToken);
        await context.Session.ExecuteAsync(context.Hooks.BeforeTransaction, cancellationToken);
        var close = Replacement.Close(context, "table", readers);
        var done = await context.Session.AtomicallyAsync(
            async () =>
            {
                await context.Session.ExecuteAsync(Replacement.Open(context), cancellationToken);
                var total = new StatementOutcome("INSERT 0", 0);
                for (var i = 0; i < windows.Count; i++)
                {
                    var batch = Batch(context, windows[i], isIncremental: false);
                    var load = i == 0
                        ? TableCreation.Create(batch, batch.Intermediate)
                        : [Statement.Around($"insert into {batch.Intermediate.QuotedName}\n", batch.Sql, "")];
                    total = total.Plus(await context.Session.ExecuteAsync([.. InputViews(context, windows[i]), .. load], cancellationToken));
                }

                await context.Session.ExecuteAsync([.. DropInputViews(context), .. close.Transaction], cancellationToken);
                return total;
            },
            cancellationToken);
        close.Completed();
        await context.Session.ExecuteAsync(close.After, cancellationToken);
        return done with { Batches = new BatchResults(windows, []) };
    }

    private static async Task<StatementOutcome> AddAsync(
        BuildContext context, string eventTime, IReadOnlyList<TimeRange> windows, CancellationToken cancellationToken)
    {
        await context.Session.ExecuteAsync(context.Hooks.BeforeTransaction, cancellationToken);
        var failures = new List<string>();
        var failed = new List<TimeRange>();
        var done = new StatementOutcome("INSERT 0", 0);
        for (var i = 0; i < windows.Count; i++)
        {
            // hooks run once, around all batches
            var hooks = new NodeHooks { First = i == 0 ? context.Hooks.First : [], Last = i == windows.Count - 1 ? context.Hooks.Last : [] };
            try
            {
                done = done.Plus(await context.Session.AtomicallyAsync(
                    () => AddBatchAsync(context with { Hooks = hooks }, eventTime, windows[i], cancellationToken), cancellationToken));
            }
            catch (StatementException refused) when (!TransientErrors.IsTransient(refused))
            {
                failures.Add($"{windows[i]}: {refused.Message}");
                failed.Add(windows[i]);
            }
        }

        if (failures.Count == windows.Count)
            throw new RunException($"None of {windows.Count} batches could be built; {failures[0]}");

        await context.Session.ExecuteAsync(context.Hooks.AfterTransaction, cancellationToken);
        return done with
        {
            Batches = new BatchResults([.. windows.Except(failed)], failed),
            Problem = failures.Count == 0 ? null : $"{failures.Count} of {windows.Count} batches could not be built; {failures[0]}",
        };
    }

    private static async Task<StatementOutcome> AddBatchAsync(BuildContext context, string eventTime, TimeRange window, CancellationToken cancellationToken)
    {
        var batch = Batch(context, window, isIncremental: true);
        var rows = $"pg_temp.{Relation.Quote(batch.Intermediate.Identifier)}";
        await batch.Session.ExecuteAsync([.. batch.Hooks.First, .. InputViews(batch, window), IncrementalMaterialization.NewRows(batch)], cancellationToken);
        var source = await TableColumns.ReadAsync(batch.Session, rows, cancellationToken);
        var target = await TableColumns.ReadAsync(batch.Session, batch.Target.QuotedName, cancellationToken);
        var change = SchemaChange.Plan(batch, source, target);
        var load = new IncrementalLoad(batch, rows, change.Columns);
        return await batch.Session.ExecuteAsync(
            [.. change.Statements, .. Statements(load, eventTime, window), .. DropInputViews(batch), .. batch.Hooks.Last], cancellationToken);
    }

    // with a key rows are merged; without one, the batch is replaced as a whole
    private static IReadOnlyList<Statement> Statements(IncrementalLoad load, string eventTime, TimeRange window) => load.UniqueKey.Count > 0
        ? [IncrementalStrategies.Merge(load)]
        : [$"delete from {load.Target} where {Condition(eventTime, window)}", load.New.Insert()];

    /// <summary>The model rendered for one batch: what it reads is seen through views that hold only the batch's rows.</summary>
    private static BuildContext Batch(BuildContext context, TimeRange window, bool isIncremental)
    {
        var inputs = Inputs(context).ToDictionary(i => i.Node.UniqueId, i => $"pg_temp.{Relation.Quote(i.View)}", StringComparer.Ordinal);
        var compiled = context.Compile(
            new CompileMode { Incremental = isIncremental, Empty = context.Run.Options.Compile.Empty, Relations = inputs, Batch = window });
        return context with { Sql = compiled.Sql };
    }

    private static IEnumerable<Statement> InputViews(BuildContext context, TimeRange window) =>
        Inputs(context).Select(i => new Statement(
            $"create or replace temporary view {Relation.Quote(i.View)} as select * " +
            $"from {context.Project.Relations.Of(i.Node).QuotedName} where {Sampled(context, i.EventTime, window)}"));

    private static IEnumerable<Statement> DropInputViews(BuildContext context) =>
        Inputs(context).Select(i => new Statement($"drop view pg_temp.{Relation.Quote(i.View)}"));

    // the views have the names of their relations, so that a column qualified by its table still resolves
    private static IEnumerable<(RelationNode Node, string EventTime, string View)> Inputs(BuildContext context)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var id in context.Node.DependsOn)
        {
            if (context.Project.Graph.TryGet(id, out var node) && node is RelationNode relation && node.Config.GetString("event_time") is { } eventTime)
            {
                var place = context.Project.Relations.Of(relation);
                yield return (
                    relation, eventTime, names.Add(place.Identifier) ? place.Identifier : RelationNames.WithSuffix(place, $"__{names.Count}").Identifier);
            }
        }
    }

    private static string Condition(string eventTime, TimeRange window) => window.Condition(eventTime);

    private static string Sampled(BuildContext context, string eventTime, TimeRange window) => context.Run.Options.Compile.Sample is { } sample
        ? window.Intersect(sample).Condition(eventTime)
        : Condition(eventTime, window);
}
