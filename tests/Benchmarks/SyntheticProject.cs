using System.Globalization;
using System.Text;

namespace Benchmarks;

/// <summary>
/// Writes a dbt project of N models in groups of 50: a root table, a chain of 19 views on it, 20 views that fan out from the
/// chain's end, and 10 four-way joins of the fans. Every model has an id and a bigint; each id is tested not_null and unique.
/// </summary>
internal static class SyntheticProject
{
    public const int GroupSize = 50;
    private const int ChainLength = 19;
    private const int Fans = 20;
    private const int Joins = 10;

    /// <summary>Rows of each root table, and so of every model.</summary>
    public const int Rows = 100;

    /// <param name="folder">Created; what it holds already is replaced.</param>
    /// <param name="models">A multiple of 50.</param>
    public static void Write(string folder, int models)
    {
        if (models % GroupSize != 0)
            throw new ArgumentException($"The number of models must be a multiple of {GroupSize}.", nameof(models));

        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);

        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "dbt_project.yml"), ProjectFile);
        File.WriteAllText(Path.Combine(folder, "profiles.yml"), ProfilesFile);
        for (var group = 0; group < models / GroupSize; group++)
            WriteGroup(folder, group);
    }

    /// <summary>The last model of a group's chain: what every fan reads, so an edit of it reaches 31 models.</summary>
    public static string ChainEnd(string folder, int group) =>
        Path.Combine(GroupFolder(folder, group), $"{Chain(group, ChainLength)}.sql");

    /// <summary>The sum over the value column of a group's first join: what a benchmark checks after a run.</summary>
    public static (string Model, long Sum) ExpectedSum(int group)
    {
        // fan k holds chain + k, the first join adds fans 0 to 3: 4 * chain + 0 + 1 + 2 + 3
        long chain = 0;
        for (var id = 1; id <= Rows; id++)
            chain += (id * 10L) + ChainLength;

        return (Join(group, 0), (4 * chain) + (6L * Rows));
    }

    private static void WriteGroup(string folder, int group)
    {
        var path = GroupFolder(folder, group);
        Directory.CreateDirectory(path);
        var names = new List<string>(GroupSize);

        void Model(string name, string sql)
        {
            names.Add(name);
            File.WriteAllText(Path.Combine(path, name + ".sql"), sql);
        }

        Model(Root(group), $$$"""
            {{ config(materialized='table') }}

            select i::bigint as id, i::bigint * 10 as value
            from generate_series(1, {{{Rows}}}) as i

            """);

        for (var link = 1; link <= ChainLength; link++)
        {
            var parent = link == 1 ? Root(group) : Chain(group, link - 1);
            Model(Chain(group, link), $$$"""
                select id, value + 1 as value
                from {{ ref('{{{parent}}}') }}

                """);
        }

        for (var fan = 0; fan < Fans; fan++)
        {
            Model(Fan(group, fan), $$$"""
                select id, value + {{{fan}}} as value
                from {{ ref('{{{Chain(group, ChainLength)}}}') }}

                """);
        }

        for (var join = 0; join < Joins; join++)
        {
            Model(Join(group, join), $$$"""
                select a.id, a.value + b.value + c.value + d.value as value
                from {{ ref('{{{Fan(group, join)}}}') }} as a
                join {{ ref('{{{Fan(group, join + 1)}}}') }} as b on b.id = a.id
                join {{ ref('{{{Fan(group, join + 2)}}}') }} as c on c.id = a.id
                join {{ ref('{{{Fan(group, join + 3)}}}') }} as d on d.id = a.id

                """);
        }

        File.WriteAllText(Path.Combine(path, "models.yml"), Properties(names));
    }

    private static string Properties(List<string> names)
    {
        var yaml = new StringBuilder("version: 2\n\nmodels:\n");
        foreach (var name in names)
        {
            yaml.Append(CultureInfo.InvariantCulture, $"""
                  - name: {name}
                    columns:
                      - name: id
                        data_tests: [not_null, unique]

                """);
        }

        return yaml.ToString();
    }

    private static string GroupFolder(string folder, int group) => Path.Combine(folder, "models", $"g{group:d4}");

    private static string Root(int group) => $"g{group:d4}_root";

    private static string Chain(int group, int link) => $"g{group:d4}_chain_{link:d2}";

    private static string Fan(int group, int fan) => $"g{group:d4}_fan_{fan:d2}";

    private static string Join(int group, int join) => $"g{group:d4}_join_{join:d2}";

    private const string ProjectFile = """
        name: synthetic
        version: "1.0"
        profile: synthetic
        model-paths: [models]
        models:
          synthetic:
            +materialized: view

        """;

    private const string ProfilesFile = """
        synthetic:
          target: dev
          outputs:
            dev:
              type: postgres
              host: "{{ env_var('PGHOST', '127.0.0.1') }}"
              port: "{{ env_var('PGPORT', '5432') | int }}"
              user: "{{ env_var('PGUSER', 'postgres') }}"
              password: "{{ env_var('PGPASSWORD', '') }}"
              dbname: "{{ env_var('PGDATABASE', 'postgres') }}"
              schema: synthetic
              threads: 4

        """;
}
