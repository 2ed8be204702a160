namespace Models.Compiler.Tests.Analysis;

public sealed class BrokenTemplateTests
{
    [Fact]
    public async Task A_template_that_cannot_be_read_is_reported_once_and_not_given_to_PostgreSQL()
    {
        using var project = new ShopProject()
            .Write("models/broken.sql", "select 1 as id\n{% if x %}\n")
            .Write("models/filtered.sql", "select '{{ 'a' | uper }}' as id")
            .Write("models/reader.sql", "select id from {{ ref('broken') }}")
            .Write("tests/broken_test.sql", "select 1 {{ ref('orders') ")
            .Write("models/broken.yml", "models:\n  - name: broken\n    columns: [{name: id, data_tests: [unique]}]\n");

        (await project.DiagnoseAsync()).ShouldBe(
        [
            "models/broken.sql(2,4): error MDL2005: the block 'if' is never closed: add '{% elif %}' or '{% else %}' or '{% endif %}'",
            "models/filtered.sql(1,18): error MDL2109: unknown filter 'uper'; did you mean 'upper'?",
            "tests/broken_test.sql(1,10): error MDL2004: '{{' is never closed: add '}}'",
        ]);
    }
}
