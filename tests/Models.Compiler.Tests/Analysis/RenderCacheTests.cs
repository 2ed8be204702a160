using Models.Compiler.Tests.Project;

namespace Models.Compiler.Tests.Analysis;

/// <summary>Models that need not be rendered again, and those that must be.</summary>
public sealed class RenderCacheTests
{
    /// <summary>Edits of what a model's SQL is made of besides its own text.</summary>
    [Theory]
    [InlineData("select {{ cents('1') }} as id", "macros/cents.sql", "* 100", "* 1000")]
    [InlineData("select one as id from {{ ref('inner') }}", "models/inner.sql", "1 as one", "2 as one")]
    [InlineData("select one as id from {{ ref('outer') }}", "models/outer.sql", "select one", "{{ config(alias='outside') }} select one")]
    [InlineData(
        "select {% if execute %}{{ graph.nodes['model.shop.second'].raw_code | length }}{% endif %} as id", "models/second.sql", "1 as id", "100 as id")]
    [InlineData("select {% if execute %}{{ context.graph.nodes['model.shop.second'].raw_code | length }}{% endif %} as id", "models/second.sql", "1 as id",
        "100 as id")]
    [InlineData("select {{ var('limit') }} as id", "dbt_project.yml", "limit: 10", "limit: 11")]
    [InlineData("select '{{ target.schema }}' as id", "profiles.yml", "schema: dev", "schema: mine")]
    [InlineData("select {% if execute %}'{{ source('raw', 'visits') }}'{% endif %} as id", "models/sources.yml", "loaded_at_field: at",
        "loaded_at_field: at\n    schema: other")]
    public async Task What_a_models_sql_is_made_of_is_noticed(string sql, string file, string before, string after)
    {
        using var project = new PartialParseProject();
        project.Write("models/reader.sql", sql);
        await project.CompileAsync();
        await project.CompileAsync();

        project.Replace(file, before, after);
        var edited = await project.CompileAsync();

        edited.ShouldBe(await project.CompileCleanAsync());
    }

    [Fact]
    public async Task An_environment_variable_read_in_the_last_moment_is_noticed()
    {
        using var project = new PartialParseProject();
        var name = $"LEADLINE_TEST_RENDERED_{Guid.NewGuid():N}";
        project.Write("models/reader.sql", $"select {{% if execute %}}'{{{{ env_var('{name}', 'none') }}}}'{{% endif %}} as id");
        await project.CompileAsync();
        try
        {
            Environment.SetEnvironmentVariable(name, "some");
            var changed = await project.CompileAsync();
            changed.Manifest.ShouldContain("some");
            changed.ShouldBe(await project.CompileCleanAsync());
        }
        finally
        {
            Environment.SetEnvironmentVariable(name, null);
        }
    }

    [Theory]
    [InlineData("{% if execute %}{{ exceptions.warn('careful') }}{% endif %}select 1 as id")]
    [InlineData("{% if execute %}{% do config.set('note', 'set late') %}{% endif %}select 1 as id")]
    [InlineData("{% if execute %}{{ exceptions.raise_compiler_error('no') }}{% endif %}select 1 as id")]
    [InlineData("select one as id from {{ ref('says') }}")]
    [InlineData("select 1 as id {{ }} from {{ ref('second') }}")]
    public async Task A_template_that_does_more_than_give_sql_does_it_each_time(string sql)
    {
        using var project = new PartialParseProject();
        project.Write("models/says.sql", "{{ config(materialized='ephemeral') }}{% if execute %}{{ exceptions.warn('careful') }}{% endif %}select 1 as one");
        project.Write("models/reader.sql", sql);
        var first = await project.CompileAsync();
        var second = await project.CompileAsync();

        second.ShouldBe(first);
        second.ShouldBe(await project.CompileCleanAsync());
    }

    [Fact]
    public async Task A_file_of_compiled_sql_that_is_gone_or_another_is_written_again()
    {
        using var project = new PartialParseProject();
        await project.CompileAsync();
        var gone = project.PathOf("output/kept/target/compiled/shop/models/second.sql");
        var other = project.PathOf("output/kept/target/compiled/shop/models/outer.sql");
        var text = await File.ReadAllTextAsync(other, TestContext.Current.CancellationToken);
        File.Delete(gone);
        await File.WriteAllTextAsync(other, "select 0", TestContext.Current.CancellationToken);

        await project.CompileAsync();

        (await File.ReadAllTextAsync(gone, TestContext.Current.CancellationToken)).ShouldBe("select 1 as id");
        (await File.ReadAllTextAsync(other, TestContext.Current.CancellationToken)).ShouldBe(text);
    }

    [Fact]
    public async Task A_damaged_cache_of_renderings_is_made_again()
    {
        using var project = new PartialParseProject();
        var first = await project.CompileAsync();
        var cache = Directory.GetFiles(project.PathOf("output/kept"), "rendered*").ShouldHaveSingleItem();
        var bytes = await File.ReadAllBytesAsync(cache, TestContext.Current.CancellationToken);
        byte[] flipped = [.. bytes];
        flipped[bytes.Length / 2] ^= 1;
        foreach (var damaged in (byte[][])[bytes[..^5], [], flipped])
        {
            await File.WriteAllBytesAsync(cache, damaged, TestContext.Current.CancellationToken);
            (await project.CompileAsync()).ShouldBe(first);
        }
    }
}
