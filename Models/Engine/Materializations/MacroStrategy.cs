using Models.Database.Catalog;
using Models.Database.Sessions;
using Models.Jinja.Rendering;
using Models.Parsing;
using Models.Project.Graph;

namespace Models.Engine.Materializations;

/// <summary>
/// A strategy that the project defines, or takes over from the built-in ones: the macro <c>get_incremental_NAME_sql</c>.
/// Source: docs.getdbt.com/docs/build/incremental-strategy, custom strategies.
/// </summary>
internal static class MacroStrategy
{
    /// <summary>The strategy's macro; null where neither the project nor a package has one, nor a part of the built-in one.</summary>
    public static IncrementalStrategy? Find(ParsedProject project, Node node, string strategy)
    {
        var macro = $"get_incremental_{strategy.Replace('+', '_')}_sql";
        return project.Replaces(macro, node.PackageName) && project.HasMacro(macro)
            ? (load, cancellationToken) => CallAsync(macro, load, cancellationToken)
            : null;
    }

    private static async Task<IReadOnlyList<Statement>> CallAsync(string macro, IncrementalLoad load, CancellationToken cancellationToken)
    {
        var context = load.Context;
        var columns = load.Columns.Select(c => c.Name).ToHashSet(StringComparer.Ordinal);
        var variables = new Dictionary<string, object?>
        {
            // templates look columns up by the real name of the schema, and pg_temp is an alias
            ["leadline_schema"] = await CatalogQueries.TemporarySchemaAsync(context.Session, cancellationToken),
            ["leadline_rows"] = context.Intermediate.Identifier,
            ["leadline_columns"] = new JinjaList(columns),
        };
        var call = $$$"""
            {{ {{{macro}}}({
                'target_relation': this,
                'temp_relation': api.Relation.create(database=this.database, schema=leadline_schema, identifier=leadline_rows, type='table'),
                'unique_key': config.get('unique_key'),
                'dest_columns': adapter.get_columns_in_relation(this) | selectattr('name', 'in', leadline_columns) | list,
                'incremental_predicates': config.get('predicates') or config.get('incremental_predicates'),
            }) }}
            """;
        var sql = context.Project.RenderText(call, context.Node.Span, context.Node, context.Connection, variables).Trim();
        return sql.Length == 0 ? [] : [new Statement(sql) { IsMain = true, IsUserSql = true }];
    }
}
