using System.Data.Common;
using Models.Database;
using Models.Database.Catalog;
using Models.Database.Sessions;
using Models.Project.Graph;
using Models.Project.Seeds;

namespace Models.Engine.Materializations;

/// <summary>A CSV file as a table. It is loaded by COPY: into the table where its columns are the file's, else into a new one that takes its place.</summary>
internal sealed class SeedMaterialization : IMaterialization
{
    public async Task<StatementOutcome> BuildAsync(BuildContext context, CancellationToken cancellationToken)
    {
        var seed = SeedFile.Open((SeedNode)context.Node);
        foreach (var warning in seed.Warnings)
            context.Run.Project.Diagnostics.Add(warning);

        var columns = seed.Columns.Select(c => Relation.Quote(c.SqlName)).ToList();
        var readers = await context.FindReadersAsync(cancellationToken);
        foreach (var hook in context.Hooks.BeforeTransaction)
            await context.Session.ExecuteAsync([hook], cancellationToken);

        var create = Create(context.Intermediate.QuotedName, seed, columns);
        var close = Replacement.Close(context, "table", readers);
        var (rows, isReplaced) = await context.Session.AtomicallyAsync(
            async () =>
            {
                await context.Session.ExecuteAsync(Replacement.Open(context), cancellationToken);
                var staysInPlace = await FitsAsync(context, seed, columns, cancellationToken);
                await context.Session.ExecuteAsync([staysInPlace ? $"delete from {context.Target.QuotedName}" : create], cancellationToken);
                var table = staysInPlace ? context.Target : context.Intermediate;
                var count = context.Run.Options.Compile.Empty ? 0 : await CopyAsync(context, table, seed, columns, cancellationToken);
                await context.Session.ExecuteAsync(staysInPlace ? Refreshed(context) : close.Transaction, cancellationToken);
                return (count, !staysInPlace);
            },
            cancellationToken);
        if (isReplaced)
            close.Completed();
        foreach (var statement in isReplaced ? close.After : context.Hooks.AfterTransaction)
            await context.Session.ExecuteAsync([statement], cancellationToken);
        return new StatementOutcome("INSERT", rows) { Sql = create.Sql };
    }

    /// <summary>
    /// True where the table has the columns of the file already: then its rows are replaced by delete and insert (a truncate would show
    /// concurrent readers an empty table), and the table stays, with the views that read it.
    /// </summary>
    private static async Task<bool> FitsAsync(BuildContext context, SeedFile seed, IReadOnlyList<string> columns, CancellationToken cancellationToken)
    {
        if (context.ExistingType != "table" || context.FullRefresh)
            return false;

        // the server has its own spelling of types, so both sides are read from it
        const string Shape = "leadline_seed_shape";
        await context.Session.ExecuteAsync([$"create temporary table {Shape} ({Definitions(seed, columns)}) on commit drop"], cancellationToken);
        var wanted = await TableColumns.ReadAsync(context.Session, $"pg_temp.{Shape}", cancellationToken);
        return wanted.SequenceEqual(await TableColumns.ReadAsync(context.Session, context.Target.QuotedName, cancellationToken));
    }

    private static IReadOnlyList<Statement> Refreshed(BuildContext context) =>
        [.. RelationFinish.Grants(context, isNew: false), .. RelationFinish.Comments(context, "table"), .. context.Hooks.Last];

    private static Statement Create(string table, SeedFile seed, IReadOnlyList<string> columns) => $"create table {table} ({Definitions(seed, columns)})";

    private static string Definitions(SeedFile seed, IReadOnlyList<string> columns) =>
        string.Join(", ", seed.Columns.Select((c, i) => $"{columns[i]} {c.DataType}"));

    private static async Task<long> CopyAsync(
        BuildContext context, Relation table, SeedFile seed, IReadOnlyList<string> columns, CancellationToken cancellationToken)
    {
        try
        {
            return await CsvCopy.WriteAsync(context.Session, table.QuotedName, columns, seed.ReadRows(), cancellationToken);
        }
        catch (DbException refused) when (Failures.IsRefusal(refused))
        {
            var place = CsvCopy.PlaceOf(refused) is { } row ? $" ({row})" : "";
            throw new RunException(
                $"{context.Node.OriginalFilePath}: {Failures.Message(refused)}{place}. Correct the file, or give the column another type under "
                + "column_types.",
                refused);
        }
    }
}
