using Models.Project.Graph;

namespace Models.Compiler.Tests.Project;

public sealed class GenericTestTests
{
    private const string Models =
        """
        models:
          - name: customers
            columns:
              - name: customer_id
                data_tests: [unique, not_null]
          - name: orders
            columns:
              - name: order_id
                data_tests: [unique, not_null]
              - name: customer_id
                data_tests:
                  - not_null
                  - relationships: {to: ref('customers'), field: customer_id}
              - name: status
                data_tests:
                  - accepted_values:
                      values: ['placed', 'shipped', 'completed', 'return_pending', 'returned']
        """;

    private static TemporaryProject Shop() => new TemporaryProject()
        .Write("dbt_project.yml", "name: jaffle_shop\nprofile: shop\n")
        .Models(("customers", "select 1 as customer_id"), ("orders", "select 1 as order_id, 1 as customer_id, 'placed' as status"))
        .Write("models/schema.yml", Models);

    /// <summary>The ids that dbt itself gives these tests, published with its tutorial project.</summary>
    [Theory]
    [InlineData("test.jaffle_shop.unique_customers_customer_id.c5af1ff4b1")]
    [InlineData("test.jaffle_shop.not_null_customers_customer_id.5c9bf9911d")]
    [InlineData("test.jaffle_shop.unique_orders_order_id.fed79b3a6e")]
    [InlineData("test.jaffle_shop.not_null_orders_order_id.cf6c17daed")]
    [InlineData("test.jaffle_shop.not_null_orders_customer_id.c5f02694af")]
    [InlineData("test.jaffle_shop.relationships_orders_customer_id__customer_id__ref_customers_.c6ec7f58f2")]
    [InlineData("test.jaffle_shop.accepted_values_orders_status__placed__shipped__completed__return_pending__returned.be6b5b5ec3")]
    public void A_test_has_the_id_that_dbt_gives_it(string id)
    {
        using var project = Shop();

        project.Parse().Graph.InOrder.OfType<TestNode>().Select(t => t.UniqueId).ShouldContain(id);
    }

    [Fact]
    public void A_name_beyond_63_bytes_is_built_under_a_shortened_alias()
    {
        using var project = Shop();

        var test = project.Parse().Graph.InOrder.OfType<TestNode>().Single(t => t.TestName == "accepted_values");

        test.Relation.ShouldBe(new Relation("warehouse", "dev_dbt_test__audit", "accepted_values_orders_1ce6ab157c285f7cd2ac656013faf758"));
    }

    [Fact]
    public void A_test_depends_on_what_it_reads_and_knows_what_it_is_declared_on()
    {
        using var project = Shop();

        var test = project.Parse().Graph.InOrder.OfType<TestNode>().Single(t => t.TestName == "relationships");

        test.DependsOn.ShouldBe(["model.jaffle_shop.orders", "model.jaffle_shop.customers"], ignoreOrder: true);
        test.AttachedNode.ShouldBe("model.jaffle_shop.orders");
        test.ColumnName.ShouldBe("customer_id");
    }

    [Fact]
    public void The_config_where_narrows_what_a_test_reads()
    {
        using var project = new TemporaryProject()
            .Models(("orders", "select 1 as id"))
            .Write("models/schema.yml",
                """
                models:
                  - name: orders
                    columns:
                      - name: id
                        data_tests:
                          - not_null:
                              config: {where: "id > 0", severity: warn, tags: [nightly]}
                """);

        var parsed = project.Parse();
        var test = parsed.Graph.InOrder.OfType<TestNode>().Single();

        test.Severity.ShouldBe("warn");
        test.Tags.ShouldBe(["nightly"]);
        TemporaryProject.OneLine(parsed.Compile(test, new EmptyDatabase()).Sql)
            .ShouldBe("""select id from (select * from "warehouse"."dev"."orders" where id > 0) dbt_subquery where id is null""");
    }

    [Fact]
    public void A_project_defines_tests_of_its_own_and_replaces_built_in_ones()
    {
        using var project = new TemporaryProject()
            .Models(("orders", "select 1 as id"), ("lines", "select 1 as id"))
            .Write("tests/generic/tests.sql",
                """
                {% test at_most(model, column_name, most, of) %}
                select * from {{ model }} where {{ column_name }} > {{ most }} and id in (select id from {{ of }})
                {% endtest %}
                """)
            .Write("macros/not_null.sql", "{% test not_null(model, column_name) %}select 'mine' from {{ model }}{% endtest %}")
            .Write("models/schema.yml",
                """
                models:
                  - name: orders
                    columns:
                      - name: id
                        data_tests:
                          - at_most: {most: 5, of: ref('lines')}
                          - not_null
                """);

        var parsed = project.Parse();

        parsed.Diagnostics.ToSortedList().ShouldBeEmpty();
        var own = parsed.Graph.InOrder.OfType<TestNode>().Single(t => t.TestName == "at_most");
        own.DependsOn.ShouldBe(["model.shop.orders", "model.shop.lines"], ignoreOrder: true);
        TemporaryProject.OneLine(parsed.Compile(own, new EmptyDatabase()).Sql)
            .ShouldBe("""select * from "warehouse"."dev"."orders" where id > 5 and id in (select id from "warehouse"."dev"."lines")""");
        var replaced = parsed.Graph.InOrder.OfType<TestNode>().Single(t => t.TestName == "not_null");
        parsed.Compile(replaced, new EmptyDatabase()).Sql.ShouldContain("'mine'");
    }

    [Fact]
    public void A_test_configures_itself_and_its_use_has_the_last_word_over_the_project()
    {
        using var project = new TemporaryProject("data_tests:\n  shop:\n    +severity: warn\n")
            .Models(("orders", "select 1 as id"))
            .Write("macros/counted.sql", "{% test counted(model) %}{{ config(fail_calc='sum(n)') }} select 1 as n from {{ model }}{% endtest %}")
            .Write("models/schema.yml", "models:\n  - name: orders\n    data_tests:\n      - counted: {name: orders_counted, config: {severity: error}}\n");

        var test = (TestNode)project.Parse().Graph.InOrder[^1];

        test.Name.ShouldBe("orders_counted");
        test.Config.GetString("fail_calc").ShouldBe("sum(n)");
        test.Severity.ShouldBe("error");
    }

    [Theory]
    [InlineData("- uniqe", "models/schema.yml(6,13): error MDL1029: there is no test 'uniqe'; did you mean 'unique'?")]
    [InlineData("- accepted_values: [a, b]",
        "models/schema.yml(6,30): error MDL1016: the arguments of the test 'accepted_values' are a list; write them as 'name: value' below it")]
    [InlineData("- unique:\n            config: {}\n            severity: warn",
        "models/schema.yml(7,13): error MDL1016: 'config' stands beside the test 'unique'; indent it, so that it belongs to the test")]
    public void A_mistake_in_a_test_is_placed_at_its_line(string test, string expected)
    {
        using var project = new TemporaryProject()
            .Models(("orders", "select 1 as id"))
            .Write("models/schema.yml", $"models:\n  - name: orders\n    columns:\n      - name: id\n        data_tests:\n          {test}\n");

        project.Diagnose().ShouldBe([expected]);
    }
}
