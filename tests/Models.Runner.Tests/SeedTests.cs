namespace Models.Runner.Tests;

public sealed class SeedTests(PostgresFixture postgres)
{
    [Fact]
    public async Task A_seed_is_loaded_with_guessed_and_configured_types_and_loaded_again()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Write("seeds/countries.csv", "Code,name,since,share,note\nLV,\"Latvia, \"\"old\"\"\",2004-05-01,0.5,\nDE,Germany,1957-03-25,1,x\n")
            .Write("seeds/schema.yml", "seeds:\n  - name: countries\n    config: {column_types: {share: 'numeric(5,2)'}}\n")
            .Model("m", "select \"Code\" as code from {{ ref('countries') }} where since < '2000-01-01'");

        (await project.BuildAsync()).ShouldSucceed().Of("countries").Message.ShouldBe("INSERT 2");
        (await project.BuildAsync()).ShouldSucceed();

        (await project.RowsAsync("select \"Code\", name, share, note from dev.countries order by 1")).ShouldBe(["DE|Germany|1.00|x", "LV|Latvia, \"old\"|0.50|-"]);
        (await project.ScalarAsync("select * from dev.m")).ShouldBe("DE");
    }

    [Theory]
    [InlineData("true", "\"Code\"")]
    [InlineData("false", "code")]
    public async Task A_header_is_quoted_unless_the_seed_says_otherwise(string quotes, string column)
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Write("seeds/countries.csv", "Code\nLV\n")
            .Write("seeds/schema.yml", $"seeds:\n  - name: countries\n    config: {{quote_columns: {quotes}}}\n")
            .Model("m", $"select {column} as code from {{{{ ref('countries') }}}}");

        (await project.BuildAsync()).ShouldSucceed();

        (await project.ScalarAsync("select code from dev.m")).ShouldBe("LV");
    }

    [Fact]
    public async Task A_value_that_does_not_fit_is_placed_and_the_old_table_stays()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Write("seeds/numbers.csv", "id\n1\n2\n").Write("seeds/schema.yml", "seeds:\n  - name: numbers\n    config: {column_types: {id: integer}}\n");
        (await project.RunAsync(RunVerb.Seed)).ShouldSucceed();

        project.Write("seeds/numbers.csv", "id\n1\ntwo\n");
        var result = (await project.RunAsync(RunVerb.Seed)).Of("numbers");

        result.Status.ShouldBe(NodeStatus.Error);
        result.Message.ShouldContain("\"two\"");
        (await project.ScalarAsync("select count(*) from dev.numbers")).ShouldBe("2");
    }
}
