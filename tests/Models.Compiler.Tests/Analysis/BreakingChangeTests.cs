namespace Models.Compiler.Tests.Analysis;

public sealed class BreakingChangeTests
{
    [Fact]
    public async Task Removed_and_retyped_columns_are_reported_with_who_reads_them()
    {
        using var project = new ShopProject()
            .Write("models/paid.sql", "select customer, sum(amount) as paid, count(*) as orders, 1 as unused from {{ ref('orders') }} group by customer")
            .Write("models/best.sql", "select max(paid) as most, sum(orders) as orders from {{ ref('paid') }}");
        await project.CompileAsync(b => b with { WriteArtifacts = true });
        File.Move(project.PathOf("target/manifest.json"), project.PathOf("earlier.json"));

        project.Write("models/paid.sql", "select customer, sum(amount)::bigint as paid from {{ ref('orders') }} group by customer");
        project.Write("models/best.sql", "select max(paid) as most from {{ ref('paid') }}");
        var found = BreakingChanges.Find(project.PathOf("earlier.json"), await project.CompileAsync());

        found.Select(f => f.Message).ShouldBe(
        [
            "Column 'orders' of model 'paid' was removed, read by 'model.shop.best'; keep it, or change its readers first",
            "Column 'paid' of model 'paid' was numeric and is bigint now, read by 'model.shop.best'; cast it back, or change its readers first",
        ]);
    }

    [Fact]
    public async Task Nothing_changed_breaks_nothing()
    {
        using var project = new ShopProject().Write("models/best.sql", "select max(amount) as most from {{ ref('orders') }}");
        var result = await project.CompileAsync(b => b with { WriteArtifacts = true });

        BreakingChanges.Find(project.PathOf("target/manifest.json"), result).ShouldBeEmpty();
    }
}
