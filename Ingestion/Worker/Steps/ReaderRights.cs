using Ingestion.Worker.Definitions;
using Ingestion.Worker.History;
using Models.Parsing;
using Models.Postgres.Roles;
using Models.Project.Graph;
using Npgsql;

namespace Ingestion.Worker.Steps;

/// <summary>Lets the console, the API and training read the schemas that pipelines declare as readable, and no longer those that none declares.</summary>
internal sealed class ReaderRights(NpgsqlDataSource dataSource)
{
    /// <summary>Makes the rights what the pipeline's file says, before its models are built; the schemas are created where they are missing.</summary>
    /// <exception cref="PipelineException">The pipeline names a schema that none of its models is built into, or one that belongs to another user.</exception>
    public async Task EnsureAsync(PipelineDefinition pipeline, ParsedProject project, CancellationToken cancellationToken)
    {
        var schemas = Resolve(pipeline, project);
        try
        {
            await ChangeAsync(pipeline.Name, schemas, cancellationToken);
        }
        catch (PostgresException refused) when (refused.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            throw new PipelineException(refused.MessageText, refused);
        }
    }

    /// <summary>Takes the rights back that were given for pipelines that no project declares any more.</summary>
    public async Task RemoveUndeclaredAsync(IEnumerable<PipelineDefinition> declared, CancellationToken cancellationToken)
    {
        object names = declared.Select(p => p.Name).ToArray();
        var gone = await dataSource
            .Command("select distinct pipeline from ingestion.readable_schemas where pipeline <> all ($1)", names)
            .ReadAsync(reader => reader.GetString(0), cancellationToken);
        foreach (var pipeline in gone)
            await ChangeAsync(pipeline, [], cancellationToken);
    }

    private static string[] Resolve(PipelineDefinition pipeline, ParsedProject project)
    {
        var built = project.Graph.InOrder.OfType<RelationNode>()
            .Where(n => n is SeedNode or SnapshotNode or ModelNode { IsEphemeral: false })
            .ToLookup(n => n.Config.GetString("schema"), n => project.Relations.Of(n).Schema, StringComparer.Ordinal);
        if (pipeline.Readable.FirstOrDefault(r => !built.Contains(r.Name)) is { } unknown)
        {
            var known = built.Select(group => group.Key).OfType<string>().Order(StringComparer.Ordinal).ToList();
            throw new PipelineException(PipelineDiagnostics.UnknownSchema(unknown.Span, unknown.Name, known).ToString());
        }

        return [.. pipeline.Readable.SelectMany(r => built[r.Name]).Distinct(StringComparer.Ordinal)];
    }

    private async Task ChangeAsync(string pipeline, string[] schemas, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        // one at a time: whether another pipeline declares a schema too must stay true until the end
        await RunSql.With(new NpgsqlCommand("lock table ingestion.readable_schemas in share row exclusive mode", connection)).ExecuteAsync(cancellationToken);
        var removed = await RunSql.With(
                new NpgsqlCommand(
                    """
                    with removed as (
                        delete from ingestion.readable_schemas where pipeline = $1 and schema_name <> all ($2) returning schema_name
                    )
                    select schema_name from removed
                    where schema_name not in (select schema_name from ingestion.readable_schemas where pipeline <> $1)
                    """,
                    connection),
                pipeline,
                schemas)
            .ReadAsync(reader => reader.GetString(0), cancellationToken);
        await RunSql.With(
                new NpgsqlCommand("insert into ingestion.readable_schemas select $1, unnest($2::text[]) on conflict do nothing", connection), pipeline, schemas)
            .ExecuteAsync(cancellationToken);
        await ReadableSchemas.SetAsync(connection, schemas, removed, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }
}
