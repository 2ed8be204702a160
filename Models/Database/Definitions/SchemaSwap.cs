using Models.Database.Catalog;
using Models.Database.Sessions;
using Models.Project.Graph;

namespace Models.Database.Definitions;

/// <summary>
/// Puts a set of schemas in the place of the live ones, in one transaction: readers see all of the old or all of the new. The old
/// ones stay as <c>{schema}__previous</c> for a way back.
/// </summary>
public static class SchemaSwap
{
    public static string Shadow(string schema) => ServerName.WithSuffix(schema, "__shadow");

    public static string Previous(string schema) => ServerName.WithSuffix(schema, "__previous");

    /// <summary>Makes the shadow schemas the live ones.</summary>
    /// <param name="session">The connection.</param>
    /// <param name="schemas">The live names.</param>
    /// <param name="isOurs">True for relations that the shadow has anew; others move over as they are.</param>
    /// <param name="cancellationToken">Stops before anything is swapped.</param>
    public static Task PromoteAsync(Session session, IReadOnlyList<string> schemas, Func<Relation, bool> isOurs, CancellationToken cancellationToken) =>
        session.AtomicallyAsync(
            async () =>
            {
                // a view of somebody else's that moves over would go on reading the previous relations, with which it is dropped in the next build
                var readers = await ReadersAsync(session, schemas, [], cancellationToken);
                var statements = new List<Statement>();
                foreach (var schema in schemas)
                {
                    statements.Add(RelationDdl.DropSchema(Previous(schema)));
                    if (await CatalogQueries.SchemaExistsAsync(session, schema, cancellationToken))
                        statements.Add(RelationDdl.RenameSchema(schema, Previous(schema)));
                    statements.Add(RelationDdl.RenameSchema(Shadow(schema), schema));
                    foreach (var (relation, type) in await CatalogQueries.RelationsAsync(session, schema, cancellationToken))
                    {
                        if (!isOurs(relation))
                            statements.Add(RelationDdl.MoveToSchema(type, relation with { Schema = Previous(schema) }, schema));
                    }
                }

                return await session.ExecuteAsync([.. statements, .. readers.Where(r => !isOurs(r.Name)).Select(r => r.Rebind())], cancellationToken);
            },
            cancellationToken);

    /// <summary>Brings the previous schemas back; what was live becomes the previous.</summary>
    /// <exception cref="RunException">There is nothing to go back to.</exception>
    public static Task RollBackAsync(Session session, IReadOnlyList<string> schemas, CancellationToken cancellationToken) =>
        session.AtomicallyAsync(
            async () =>
            {
                var known = new List<string>();
                foreach (var schema in schemas)
                {
                    if (await CatalogQueries.SchemaExistsAsync(session, Previous(schema), cancellationToken))
                        known.Add(schema);
                }

                if (known.Count == 0)
                    throw new RunException(
                        "There is nothing to go back to: no schema has a previous version. Versions are kept by 'leadline build --blue-green'.");

                var readers = await ReadersAsync(session, known, known, cancellationToken);
                var statements = new List<Statement>();
                foreach (var schema in known)
                {
                    statements.Add(RelationDdl.RenameSchema(schema, Shadow(schema)));
                    statements.Add(RelationDdl.RenameSchema(Previous(schema), schema));
                    statements.Add(RelationDdl.RenameSchema(Shadow(schema), Previous(schema)));
                }

                return await session.ExecuteAsync([.. statements, .. readers.Select(r => r.Rebind())], cancellationToken);
            },
            cancellationToken);

    // views that stay still read the old relations after the rename; their printed text names the live schema
    private static Task<IReadOnlyList<DependentView>> ReadersAsync(
        Session session, IReadOnlyList<string> schemas, IReadOnlyList<string> without, CancellationToken cancellationToken) =>
        DependentView.FindOutsideAsync(
            session, [.. schemas], [.. without, .. schemas.Select(Shadow), .. schemas.Select(Previous)], cancellationToken);
}
