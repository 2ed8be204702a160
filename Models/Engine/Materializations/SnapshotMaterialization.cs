using Models.Database;
using Models.Database.Catalog;
using Models.Database.Definitions;
using Models.Database.Sessions;
using Models.Project.Graph;

namespace Models.Engine.Materializations;

/// <summary>
/// A table of every version a row ever had. The query's rows are put beside the table, and what they change is written in the same
/// transaction: versions no longer in force are closed, new ones added.
/// </summary>
internal sealed class SnapshotMaterialization : IMaterialization
{
    public async Task<StatementOutcome> BuildAsync(BuildContext context, CancellationToken cancellationToken)
    {
        var settings = SnapshotSettingsReader.Read((SnapshotNode)context.Node);
        if (context.ExistingType is null)
        {
            var first = SnapshotUpdate.First(context.Intermediate, context.Sql, settings);
            return await context.Session.RunAsync(Replacement.Plan(context, "table", [first], []), cancellationToken);
        }

        if (context.ExistingType != "table")
            throw new RunException(
                $"Snapshot '{context.Node.Name}' cannot be taken: {context.Target.QuotedName} is a {RelationDdl.Word(context.ExistingType)}. Drop or rename " +
                $"it.");

        foreach (var hook in context.Hooks.BeforeTransaction)
            await context.Session.ExecuteAsync([hook], cancellationToken);
        var outcome = await context.Session.AtomicallyAsync(() => UpdateAsync(context, settings, cancellationToken), cancellationToken);
        foreach (var hook in context.Hooks.AfterTransaction)
            await context.Session.ExecuteAsync([hook], cancellationToken);
        return outcome;
    }

    private static async Task<StatementOutcome> UpdateAsync(BuildContext context, SnapshotSettings settings, CancellationToken cancellationToken)
    {
        var rows = RelationNames.Intermediate(context.Target).Identifier;
        await context.Session.ExecuteAsync(
            [
                .. context.Hooks.First,
                RelationDdl.CreateTemporaryTable(rows, context.Sql),
            ],
            cancellationToken);
        var quotedRows = $"pg_temp.{Relation.Quote(rows)}";
        var source = await TableColumns.ReadAsync(context.Session, quotedRows, cancellationToken);
        var target = await TableColumns.ReadAsync(context.Session, context.Target.QuotedName, cancellationToken);
        var update = new SnapshotUpdate(context.Target, settings, quotedRows, source, target);
        return await context.Session.ExecuteAsync(
            [.. update.Statements(), .. RelationFinish.Grants(context, isNew: false), .. RelationFinish.Comments(context, "table"), .. context.Hooks.Last],
            cancellationToken);
    }
}
