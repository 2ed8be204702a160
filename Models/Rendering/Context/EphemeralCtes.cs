using Models.Jinja.Rendering;
using Models.Project.Graph;

namespace Models.Rendering.Context;

/// <summary>Inserts ephemeral models into the queries that read them, as common table expressions with dbt's names.</summary>
internal static class EphemeralCtes
{
    /// <param name="sql">A query, possibly with its own <c>with</c> clause.</param>
    /// <param name="ctes">Names and queries, each after those it reads.</param>
    public static RenderedTemplate Inject(RenderedTemplate sql, IReadOnlyList<(string Name, RenderedTemplate Sql)> ctes)
    {
        if (ctes.Count == 0)
            return sql;

        var parts = new List<RenderedTemplate>();
        var (afterWith, hasWith) = FindWith(sql.Text);
        if (afterWith > 0)
            parts.Add(sql.Slice(0, afterWith));
        parts.Add(RenderedTemplate.Unmapped(hasWith ? " " : "with "));
        for (var i = 0; i < ctes.Count; i++)
        {
            parts.Add(RenderedTemplate.Unmapped($"{(i == 0 ? "" : ",\n")}{ctes[i].Name} as (\n"));
            parts.Add(ctes[i].Sql);
            parts.Add(RenderedTemplate.Unmapped("\n)"));
        }

        parts.Add(RenderedTemplate.Unmapped(hasWith ? "," : "\n"));
        parts.Add(sql.Slice(afterWith, sql.Text.Length - afterWith));
        return RenderedTemplate.Concat(parts.ToArray());
    }

    /// <summary>The offset after a leading <c>with</c> (and <c>recursive</c>), or the offset at which the query starts.</summary>
    private static (int Offset, bool HasWith) FindWith(string sql)
    {
        var start = SqlText.SkipBlank(sql, 0);
        if (!SqlText.IsWord(sql, start, "with"))
            return (start, false);

        var after = start + "with".Length;
        var next = SqlText.SkipBlank(sql, after);
        return SqlText.IsWord(sql, next, "recursive") ? (next + "recursive".Length, true) : (after, true);
    }
}
