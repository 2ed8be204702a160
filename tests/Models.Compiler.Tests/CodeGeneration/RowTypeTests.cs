using Models.Compiler.Tests.Analysis;

namespace Models.Compiler.Tests.CodeGeneration;

public sealed class RowTypeTests
{
    [Fact]
    public async Task A_model_becomes_a_record_with_its_documentation()
    {
        using var project = new ShopProject()
            .Write("models/paid.sql", "select customer, sum(amount) as paid, array_agg(order_id) as \"order\" from {{ ref('orders') }} group by customer")
            .Write(
                "models/paid.yml",
                """
                models:
                  - name: paid
                    description: What each customer paid, in < 1 & > 0 "euros".
                    meta: {leadline: {key: customer}}
                    columns:
                      - name: customer
                        description: The name.
                        data_tests: [not_null]
                """);

        var code = await GenerateAsync(project, "Paid.cs");

        code.ShouldContain(
            """
            namespace Shop;

            /// <summary>
            /// What each customer paid, in &lt; 1 &amp; &gt; 0 &quot;euros&quot;.
            /// </summary>
            [global::System.CodeDom.Compiler.GeneratedCode("Leadline", "1")]
            public sealed record Paid
            {
                /// <summary>
                /// The name.
                /// </summary>
                [global::System.ComponentModel.Description("The name.")]
                public required string Customer { get; init; }

                public decimal? Paid2 { get; init; }

                public int?[]? Order { get; init; }

                /// <summary>The quoted name of the relation in the schema of the data source's Search Path.</summary>
                public static string Relation(global::Npgsql.NpgsqlDataSource source) =>
                    ModelSchema.Relation(source, "marts", "paid");
            """);
        code.ShouldContain("""private const string Columns = "\"customer\", \"paid\", \"order\"";""");
        code.ShouldContain("""private const string KeyCondition = "\"customer\" = $1";""");
        code.ShouldContain("""public static async global::System.Threading.Tasks.Task<Paid?> FindAsync(""");
        code.ShouldContain(
            "        Customer = reader.GetFieldValue<string>(0),\n        Paid2 = reader.IsDBNull(1) ? null : reader.GetFieldValue<decimal>(1),");
    }

    [Fact]
    public async Task A_file_is_written_only_when_it_changes()
    {
        using var project = new ShopProject();
        await GenerateAsync(project, "Orders.cs");
        var path = Directory.EnumerateFiles(project.OutputFolder, "Orders.cs", SearchOption.AllDirectories).Single();
        File.SetLastWriteTimeUtc(path, new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));

        await GenerateAsync(project, "Orders.cs");

        File.GetLastWriteTimeUtc(path).Year.ShouldBe(2020);
    }

    [Theory]
    [InlineData("marketing_source", "MarketingSource")]
    [InlineData("Marketing Source", "MarketingSource2")]
    [InlineData("2nd", "_2Nd")]
    [InlineData("größe", "Größe")]
    [InlineData("%", "Unnamed")]
    [InlineData("class", "Class")]
    [InlineData("read_async", "ReadAsync2")]
    [InlineData("odd", "Odd2")]
    public async Task An_odd_name_becomes_a_stable_property(string column, string property)
    {
        using var project = new ShopProject()
            .Write("models/odd.sql", $"select 0 as marketing_source{(column == "marketing_source" ? "" : $", 1 as \"{column}\"")}");

        (await GenerateAsync(project, "Odd.cs")).ShouldContain($"public int? {property} {{ get; init; }}");
    }

    [Theory]
    [InlineData("smallint", "short?")]
    [InlineData("bigint", "long?")]
    [InlineData("numeric(12,2)", "decimal?")]
    [InlineData("real", "float?")]
    [InlineData("double precision", "double?")]
    [InlineData("boolean", "bool?")]
    [InlineData("varchar(20)", "string?")]
    [InlineData("uuid", "global::System.Guid?")]
    [InlineData("bytea", "byte[]?")]
    [InlineData("date", "global::System.DateOnly?")]
    [InlineData("time", "global::System.TimeOnly?")]
    [InlineData("timestamp", "global::System.DateTime?")]
    [InlineData("timestamptz(3)", "global::System.DateTime?")]
    [InlineData("interval", "global::NpgsqlTypes.NpgsqlInterval?")]
    [InlineData("jsonb", "string?")]
    [InlineData("text[]", "string?[]?")]
    [InlineData("numeric(4,1)[]", "decimal?[]?")]
    [InlineData("int4range", "global::NpgsqlTypes.NpgsqlRange<int>?")]
    [InlineData("inet", "global::System.Net.IPAddress?")]
    [InlineData("tsvector", "string?")]
    public async Task A_type_becomes_what_Npgsql_reads(string type, string expected)
    {
        using var project = new ShopProject().Write("models/typed.sql", $"select null::{type} as x");

        (await GenerateAsync(project, "Typed.cs")).ShouldContain($"public {expected} X {{ get; init; }}");
    }

    private static async Task<string> GenerateAsync(ShopProject project, string file)
    {
        var result = await project.CompileAsync(b => b with { CodeDirectory = project.OutputFolder });

        result.Succeeded.ShouldBeTrue(string.Join('\n', result.Diagnostics));
        return await File.ReadAllTextAsync(result.CodeFiles.Single(f => Path.GetFileName(f) == file), TestContext.Current.CancellationToken);
    }
}
