using Models.Project.Graph;

namespace Models.Warehouse.Tests;

/// <summary>What the models promise about their documentation: it shows in the generated C#.</summary>
public sealed class DocumentationTests(PostgresFixture postgres)
{
    public static TheoryData<string> Projects { get; } =
        [.. Directory.EnumerateDirectories(Repository.Project("")).Where(IsProject).Select(Path.GetFileName).OfType<string>()];

    [Theory]
    [MemberData(nameof(Projects))]
    public async Task Every_column_of_every_model_is_described_and_no_other(string name)
    {
        await using var warehouse = await TestWarehouse.CreateAsync(postgres, name);
        await warehouse.CreateRawTablesAsync();
        await warehouse.BuildAsync();

        var wrong = new List<string>();
        foreach (var model in warehouse.Parse().Graph.InOrder.OfType<ModelNode>())
        {
            if (model.Description.Length == 0)
                wrong.Add($"{model.Name} has no description");

            wrong.AddRange(model.Columns.Where(column => column.Description.Length == 0).Select(column => $"{model.Name}.{column.Name} has no description"));
            if (model.IsEphemeral)
                continue;

            var built = await warehouse.RowsAsync(
                $"""
                select attname from pg_attribute
                where attrelid = '{model.Relation}'::regclass and attnum > 0 and not attisdropped
                order by attnum
                """);
            if (!built.SequenceEqual(model.Columns.Select(column => column.Name), StringComparer.Ordinal))
                wrong.Add(
                    $"{model.Name} is described with {string.Join(", ", model.Columns.Select(column => column.Name))} and built " +
                    $"with {string.Join(", ", built)}");
        }

        wrong.ShouldBeEmpty();
    }

    private static bool IsProject(string folder) => File.Exists(Path.Combine(folder, "dbt_project.yml"));
}
