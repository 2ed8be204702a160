using Models.Database.Catalog;
using Models.Database.Sessions;
using Models.Project.Graph;

namespace Models.Database.Definitions;

/// <summary>The statements that bring a snapshot up to its query's present rows.</summary>
/// <param name="Snapshot">The snapshot's table.</param>
/// <param name="Settings">Its configuration.</param>
/// <param name="Rows">The quoted name of the relation that holds the present rows.</param>
/// <param name="Source">The columns of the present rows.</param>
/// <param name="Target">The columns of the table.</param>
public sealed record SnapshotUpdate(
    Relation Snapshot, SnapshotSettings Settings, string Rows, IReadOnlyList<TableColumn> Source, IReadOnlyList<TableColumn> Target)
{
    // both sides of every comparison: the current rows and the valid versions, each with the parts of the key and the time of change
    private const string Present = "dbt_present";
    private const string Current = "dbt_current";
    private const string Known = "dbt_known";

    private string Table => Snapshot.QuotedName;

    private string Added => $"pg_temp.{Relation.Quote(RelationNames.WithSuffix(Snapshot, "__dbt_new").Identifier)}";

    /// <summary>The statement that makes a snapshot of a query's rows where there is none.</summary>
    public static Statement First(Relation table, string sql, SnapshotSettings settings)
    {
        var deleted = settings.RecordsDeletes ? $",\n    'False' as {settings.IsDeleted}" : "";
        return Statement.Around(
            $"""
            create table {table.QuotedName} as
            select *,
                {SnapshotSettings.Hash([.. settings.UniqueKey, settings.UpdatedAt])} as {settings.ScdId},
                {settings.UpdatedAt} as {settings.UpdatedAtColumn},
                {settings.UpdatedAt} as {settings.ValidFrom},
                {settings.NewValidTo(settings.UpdatedAt)} as {settings.ValidTo}{deleted}
            from (

            """,
            sql,
            "\n) as dbt_snapshot_query");
    }

    public IEnumerable<Statement> Statements()
    {
        foreach (var column in MissingColumns())
            yield return $"alter table {Table} add column {Relation.Quote(column.Name)} {column.Type}";
        if (Settings.RecordsDeletes && Target.All(c => c.Name != Settings.IsDeleted))
            yield return $"alter table {Table} add column {Settings.IsDeleted} text default 'False'";
        foreach (var statement in TableColumns.Widen(Table, Source, Target))
            yield return statement;

        yield return NewVersions();
        yield return $"""
            update {Table} as {Current} set {Settings.ValidTo} = {Present}.dbt_changed_at
            from {PresentRows()} as {Present}
            join {RowsInForce()} as {Known} on {KeysMatch()}
            where {Current}.ctid = {Known}.dbt_row and {IsChanged()}
            """;
        if (Settings.HardDeletes != "ignore")
            yield return CloseDeleted();

        yield return new Statement($"insert into {Table} ({Names(InsertedColumns())}) select {Names(InsertedColumns())} from {Added}") { IsMain = true };
    }

    private IEnumerable<TableColumn> MissingColumns() => Source.Where(c => Target.All(t => t.Name != c.Name));

    // computed before any version is closed
    private Statement NewVersions()
    {
        var deleted = Settings.RecordsDeletes ? $", 'False' as {Settings.IsDeleted}" : "";
        var sql = $"""
            create temporary table {Added["pg_temp.".Length..]} on commit drop as
            select {Names(Source, Present + ".")},
                dbt_changed_at as {Settings.UpdatedAtColumn}, dbt_changed_at as {Settings.ValidFrom},
                {Settings.NewValidTo("dbt_changed_at")} as {Settings.ValidTo}, dbt_version as {Settings.ScdId}{deleted}
            from {PresentRows()} as {Present}
            left join {CurrentVersions()} as {Current} on {KeysMatch(Current)}
            where {Current}.dbt_is_known is null or {IsChanged()}
            """;
        return Settings.RecordsDeletes ? $"{sql}\nunion all\n{DeletionRecords()}" : sql;
    }

    private string DeletionRecords() =>
        $"""
        select {string.Join(", ", Source.Select(c => Target.Any(t => t.Name == c.Name) ? $"{Current}.{Relation.Quote(c.Name)}" : $"null::{c.Type}"))},
            {SnapshotSettings.Now}, {SnapshotSettings.Now}, {Current}.{Settings.ValidTo},
            {SnapshotSettings.Hash([$"{Current}.{Settings.ScdId}", SnapshotSettings.Now])}, 'True'
        from {CurrentVersions()} as {Current}
        where {IsGone(Current)} and {Current}.{Settings.IsDeleted} is distinct from 'True'
        """;

    private Statement CloseDeleted()
    {
        var notYet = Settings.RecordsDeletes ? $" and {Current}.{Settings.IsDeleted} is distinct from 'True'" : "";
        return $"""
            update {Table} as {Current} set {Settings.ValidTo} = {SnapshotSettings.Now}
            from {RowsInForce()} as {Known}
            where {Current}.ctid = {Known}.dbt_row and {IsGone(Known)}{notYet}
            """;
    }

    private string PresentRows() =>
        $"(select *, {KeyParts()}, {Settings.UpdatedAt} as dbt_changed_at, {SnapshotSettings.Hash([.. Settings.UniqueKey, Settings.UpdatedAt])} as " +
        $"dbt_version from {Rows})";

    private string CurrentVersions() => $"(select *, {KeyParts()}, true as dbt_is_known from {Table} where {Settings.IsCurrent("")})";

    private string KeyParts() => string.Join(", ", Settings.UniqueKey.Select((key, i) => $"{key} as dbt_unique_key_{i + 1}"));

    // the table of an update cannot have computed columns, and parts of the key may be expressions: a subquery computes them and keeps the ctid
    private string RowsInForce() => $"(select ctid as dbt_row, {KeyParts()} from {Table} where {Settings.IsCurrent("")})";

    // null counts as a key value, or its row would be added in every run: arrays compare nulls as equal and can be hash-joined
    private string KeysMatch(string versions = Known) =>
        string.Join(" and ", Settings.UniqueKey.Select((_, i) => $"array[{Present}.dbt_unique_key_{i + 1}] = array[{versions}.dbt_unique_key_{i + 1}]"));

    private string IsGone(string versions) => $"not exists (select 1 from {PresentRows()} as {Present} where {KeysMatch(versions)})";

    private string IsChanged()
    {
        var changed = Settings.CheckColumns is null
            ? $"{Current}.{Settings.ValidFrom} < {Present}.dbt_changed_at"
            : HasNewCheckedColumn() ? "true"
            : string.Join(" or ", CheckedColumns().Select(c => $"{Current}.{c} is distinct from {Present}.{c}").DefaultIfEmpty("false"));
        return Settings.RecordsDeletes ? $"({changed} or {Current}.{Settings.IsDeleted} = 'True')" : $"({changed})";
    }

    // a column that the existing versions do not have makes every row count as changed, as in dbt
    private bool HasNewCheckedColumn() =>
        CheckedColumns().Any(column => Target.All(t => Relation.Quote(t.Name) != column));

    private IEnumerable<string> CheckedColumns()
    {
        var wanted = Settings.CheckColumns is { Count: > 0 } some
            ? Source.Where(c => some.Any(s => s.Trim('"').Equals(c.Name, StringComparison.OrdinalIgnoreCase)))
            : Source;
        return wanted.Select(c => Relation.Quote(c.Name));
    }

    private IEnumerable<TableColumn> InsertedColumns() =>
    [
        .. Source,
        new(Unquoted(Settings.UpdatedAtColumn), ""),
        new(Unquoted(Settings.ValidFrom), ""),
        new(Unquoted(Settings.ValidTo), ""),
        new(Unquoted(Settings.ScdId), ""),
        .. Settings.RecordsDeletes ? [new TableColumn(Unquoted(Settings.IsDeleted), "")] : Array.Empty<TableColumn>(),
    ];

    // the configured names are written without quotes, so the server folds them to lower case
    private static string Unquoted(string name) => name is ['"', .. var inner, '"'] ? inner : name.ToLowerInvariant();

    private static string Names(IEnumerable<TableColumn> columns, string prefix = "") =>
        string.Join(", ", columns.Select(c => prefix + Relation.Quote(c.Name)));
}
