using Models.Project.Configuration;

namespace Models.Compiler.Tests.Project;

public sealed class PartialParseTests
{
    /// <summary>All models of the project; one of them looks at the moment and is read each time.</summary>
    private const int Models = 9;
    private const int Settled = Models - 1;

    private const string Variable = "LEADLINE_TEST_PARTIAL";

    [Fact]
    public async Task Nothing_changed_and_nothing_is_read_again_but_what_looks_at_the_moment()
    {
        using var project = new PartialParseProject();
        var first = await project.CompileAsync();
        var second = await project.CompileAsync();

        first.ModelsRead.ShouldBe(Models);
        second.ModelsRead.ShouldBe(Models - Settled);
        second.ShouldBe(first);
        second.ShouldBe(await project.CompileCleanAsync());
    }

    /// <summary>A change in one model's text reads that model; its outcome is that of reading all.</summary>
    [Theory]
    [InlineData("models/orders.sql", "select id", "select  id")]
    [InlineData("models/orders.sql", "group='finance'", "group='nobody'")]
    [InlineData("models/orders.sql", "source('raw', 'orders')", "source('raw', 'nothing')")]
    [InlineData("models/orders.sql", "group='finance'", "materialized='table', tags=['new'], access='odd'")]
    [InlineData("models/marts/sums.sql", "ref('orders')", "ref('tool')")]
    [InlineData("models/marts/sums.sql", "ref('orders')", "ref('nowhere')")]
    [InlineData("models/marts/sums.sql", "ref('orders')", "ref('outer')")]
    [InlineData("models/marts/sums.sql", "{{ cents(", "{{ dollars(")]
    [InlineData("models/marts/sums.sql", "{{ cents(", "{{ cents((")]
    [InlineData("models/marts/sums.sql", "{{ cents('sum(amount)') }}", "{{ exceptions.warn('careful') }}1")]
    [InlineData("models/inner.sql", "select 1 as one", "select 1 as one from {{ ref('outer') }}")]
    [InlineData("models/second.sql", "select 1", "{{ config(contract={'enforced': true, 'alias_types': false}) }} select 1")]
    [InlineData("models/second.sql", "select 1", "{{ config(pre_hook=\"{{ exceptions.warn('hooked') }} select 1 from {{ ref('tool') }}\") }} select 1")]
    [InlineData("models/versioned_v1.sql", "2 as old", "3 as old")]
    [InlineData("models/second.sql", "1 as id", "2 as id")]
    [InlineData("packages/tools/models/tool.sql", "select 1", "select 2")]
    [InlineData("models/outer.sql", "cross join", "cross join /* {{ env_var('HOME', '') is string }} */")]
    public async Task An_edit_of_a_model_reads_that_model(string file, string before, string after)
    {
        using var project = new PartialParseProject();
        await project.CompileAsync();

        project.Replace(file, before, after);
        var edited = await project.CompileAsync();
        var again = await project.CompileAsync();
        project.Replace(file, after, before);
        var undone = await project.CompileAsync();
        var clean = await project.CompileCleanAsync();

        edited.ModelsRead.ShouldBe(Models - Settled + 1);
        undone.ModelsRead.ShouldBe(Models - Settled);
        undone.ShouldBe(clean);
        again.ShouldBe(edited);
        project.Replace(file, before, after);
        edited.ShouldBe(await project.CompileCleanAsync());
    }

    /// <summary>What else the outcome depends on makes everything be read.</summary>
    [Theory]
    [InlineData("models/off.sql", "enabled=false", "enabled=true")]
    [InlineData("models/orders.sql", "group='finance'", "enabled=false")]
    [InlineData("models/models.yml", "tags: [money]", "tags: [coins]")]
    [InlineData("models/models.yml", "unique, above", "not_null, above")]
    [InlineData("models/models.yml", "exclude: [old]", "exclude: []")]
    [InlineData("models/models.yml", "deprecation_date: 2031-01-31", "deprecation_date: never")]
    [InlineData("models/sources.yml", "count: 1", "count: 2")]
    [InlineData("contracts/visits.yml", "type: bigint", "type: text")]
    [InlineData("models/others.yml", "label: Paid", "label: Sold")]
    [InlineData("models/others.yml", "agg: sum", "agg: max")]
    [InlineData("models/others.yml", "total: 100", "total: 200")]
    [InlineData("models/others.yml", "name: Ann}, depends_on", "name: Bob}, depends_on")]
    [InlineData("models/docs.md", "Hundredths", "Cents")]
    [InlineData("macros/cents.sql", "* 100", "* 1000")]
    [InlineData("macros/generic.sql", "severity='warn'", "severity='error'")]
    [InlineData("macros/macros.yml", "type: numeric", "type: integer")]
    [InlineData("packages/tools/macros/named.sql", "}}_{{", "}}__{{")]
    [InlineData("packages/tools/dbt_project.yml", "version: '1.0'", "version: '1.1'")]
    [InlineData("dbt_project.yml", "limit: 10", "limit: 20")]
    [InlineData("dbt_project.yml", "+schema: marts", "+schema: other")]
    [InlineData("dbt_project.yml", "select '", "select 1, '")]
    [InlineData("profiles.yml", "schema: dev", "schema: mine")]
    [InlineData("profiles.yml", "target: dev", "target: prod")]
    [InlineData("snapshots/old.sql", "select *", "select id")]
    [InlineData("analyses/asked.sql", "select *", "select total")]
    [InlineData("tests/positive.sql", "< 0", "<= 0")]
    public async Task A_change_of_anything_else_reads_everything(string file, string before, string after)
    {
        using var project = new PartialParseProject();
        await project.CompileAsync();

        project.Replace(file, before, after);
        var changed = await project.CompileAsync();
        var again = await project.CompileAsync();

        changed.ModelsRead.ShouldBeGreaterThanOrEqualTo(Models);
        changed.ShouldBe(await project.CompileCleanAsync());
        again.ModelsRead.ShouldBeLessThan(Models);
        again.ShouldBe(changed);
    }

    [Theory]
    [InlineData("models/new.sql")]
    [InlineData("models/new.py")]
    [InlineData("models/new.yml")]
    [InlineData("models/new.md")]
    [InlineData("macros/new.sql")]
    [InlineData("seeds/new.csv")]
    [InlineData("tests/new.sql")]
    [InlineData("analyses/new.sql")]
    [InlineData("packages/tools/models/new.sql")]
    [InlineData("contracts/calls.yml")]
    public async Task A_file_that_comes_or_goes_is_noticed(string file)
    {
        using var project = new PartialParseProject();
        var before = await project.CompileAsync();

        project.Write(file, file.EndsWith(".md", StringComparison.Ordinal) ? "{% docs new %}x{% enddocs %}" : "");
        var added = await project.CompileAsync();
        var clean = await project.CompileCleanAsync();
        File.Delete(project.PathOf(file));
        var removed = await project.CompileAsync();

        added.ShouldBe(clean);
        removed.ShouldBe(before);
    }

    [Fact]
    public async Task A_file_that_is_renamed_or_moved_is_noticed()
    {
        using var project = new PartialParseProject();
        await project.CompileAsync();

        File.Move(project.PathOf("models/marts/sums.sql"), project.PathOf("models/sums.sql"));
        (await project.CompileAsync()).ShouldBe(await project.CompileCleanAsync());

        File.Move(project.PathOf("models/sums.sql"), project.PathOf("models/totals.sql"));
        (await project.CompileAsync()).ShouldBe(await project.CompileCleanAsync());

        File.Delete(project.PathOf("models/totals.sql"));
        (await project.CompileAsync()).ShouldBe(await project.CompileCleanAsync());
    }

    [Theory]
    [InlineData("models/orders.sql", "select id", "select ID")]
    [InlineData("models/models.yml", "[money]", "[MONEY]")]
    public async Task Content_that_changes_behind_the_time_of_a_file_is_noticed(string file, string before, string after)
    {
        using var project = new PartialParseProject();
        await project.CompileAsync();
        var path = project.PathOf(file);
        var time = File.GetLastWriteTimeUtc(path);

        project.Replace(file, before, after);
        File.SetLastWriteTimeUtc(path, time);

        (await project.CompileAsync()).ShouldBe(await project.CompileCleanAsync());
    }

    [Fact]
    public async Task A_file_that_was_only_touched_is_not_read_again()
    {
        using var project = new PartialParseProject();
        await project.CompileAsync();
        foreach (var file in Directory.EnumerateFiles(project.PathOf("models"), "*", SearchOption.AllDirectories))
            File.SetLastWriteTimeUtc(file, new DateTime(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc));

        (await project.CompileAsync()).ModelsRead.ShouldBe(Models - Settled);
    }

    [Fact]
    public async Task Vars_targets_and_users_are_noticed()
    {
        using var project = new PartialParseProject();
        await project.CompileAsync();
        Func<CompileOptions, CompileOptions>[] changes =
        [
            o => o with { Vars = new Dictionary<string, object?> { ["limit"] = 99L } },
            o => o with { Vars = new Dictionary<string, object?> { ["limit"] = "99" } },
            o => o with { Target = "prod" },
            o => o with { ConnectionString = "Host=elsewhere;Database=other;Username=you;Search Path=theirs" },
            o => o with { IgnoresUser = true },
        ];
        foreach (var change in changes)
        {
            (await project.CompileAsync(change)).ShouldBe(await project.CompileCleanAsync(change));
            (await project.CompileAsync()).ShouldBe(await project.CompileCleanAsync());
        }
    }

    [Fact]
    public async Task An_environment_variable_is_noticed()
    {
        using var project = new PartialParseProject();
        var name = $"{Variable}_{Guid.NewGuid():N}";
        project.Replace("models/models.yml", Variable, name);
        await project.CompileAsync();
        try
        {
            foreach (var value in (string?[])["one", "two", "", null])
            {
                Environment.SetEnvironmentVariable(name, value);
                var changed = await project.CompileAsync();
                changed.ModelsRead.ShouldBe(Models);
                changed.ShouldBe(await project.CompileCleanAsync());
            }
        }
        finally
        {
            Environment.SetEnvironmentVariable(name, null);
        }
    }

    [Fact]
    public async Task A_text_beside_models_that_looks_at_the_moment_is_rendered_each_time()
    {
        using var project = new PartialParseProject();
        project.Replace("models/models.yml", "tags: [money]", "tags: [\"{{ invocation_id[:0] }}coins\"]");
        await project.CompileAsync();

        (await project.CompileAsync()).ModelsRead.ShouldBe(Models);
    }

    [Fact]
    public async Task A_damaged_or_foreign_record_is_made_again()
    {
        using var project = new PartialParseProject();
        var first = await project.CompileAsync();
        var record = Directory.GetFiles(project.PathOf("output/kept"), "partial_parse*").ShouldHaveSingleItem();
        var bytes = await File.ReadAllBytesAsync(record, TestContext.Current.CancellationToken);
        byte[] other = [.. bytes];
        other[30] ^= 1;
        byte[] flipped = [.. bytes];
        flipped[bytes.Length / 2] ^= 1;
        foreach (var damaged in (byte[][])[bytes[..^20], bytes[..10], [], other, flipped, [.. bytes, 0]])
        {
            await File.WriteAllBytesAsync(record, damaged, TestContext.Current.CancellationToken);
            var again = await project.CompileAsync();
            again.ModelsRead.ShouldBe(Models);
            again.ShouldBe(first);
        }
    }

    [Fact]
    public async Task Edits_of_many_models_are_taken_into_the_record()
    {
        using var project = new PartialParseProject();
        for (var i = 0; i < 30; i++)
            project.Write($"models/many/m{i}.sql", $"select {i} as id");

        await project.CompileAsync();
        for (var i = 0; i < 30; i++)
            project.Write($"models/many/m{i}.sql", $"select {i} as id, 1 as more from {{{{ ref('orders') }}}}");

        var edited = await project.CompileAsync();
        var again = await project.CompileAsync();

        edited.ModelsRead.ShouldBe(31);
        again.ModelsRead.ShouldBe(1);
        again.ShouldBe(edited);
        again.ShouldBe(await project.CompileCleanAsync());
    }

    /// <summary>What the manifest does not show counts as well: templates, the runner and packages see it.</summary>
    [Fact]
    public void Every_property_of_every_node_is_kept()
    {
        using var project = new PartialParseProject();
        var clean = project.Parse(kept: true);
        var kept = project.Parse(kept: true);

        kept.ModelsRead.ShouldBe(Models - Settled);
        NodeText.Of(kept).ShouldBe(NodeText.Of(clean));
        project.Replace("models/orders.sql", "select id", "select 1 as one, id");
        NodeText.Of(project.Parse(kept: true)).ShouldBe(NodeText.Of(project.Parse(kept: false)));
    }

    [Fact]
    public async Task A_project_can_do_without()
    {
        using var project = new PartialParseProject();
        project.Replace("dbt_project.yml", "on-run-end", "flags: {partial_parse: false}\non-run-end");
        await project.CompileAsync();

        (await project.CompileAsync()).ModelsRead.ShouldBe(Models);
        Directory.GetFiles(project.PathOf("output/kept"), "partial_parse*").ShouldBeEmpty();
    }
}
