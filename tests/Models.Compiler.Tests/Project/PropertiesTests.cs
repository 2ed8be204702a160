using Models.Project.Graph;

namespace Models.Compiler.Tests.Project;

public sealed class PropertiesTests
{
    [Theory]
    [InlineData("descripton: x", "models/schema.yml(3,5): warning MDL1005: 'descripton' is not a key of a model; did you mean 'description'?")]
    [InlineData(
        "columns: [{name: id, datatype: int}]", "models/schema.yml(3,26): warning MDL1005: 'datatype' is not a key of a column; did you mean 'data_type'?")]
    [InlineData("access: secret", "models/schema.yml(3,13): error MDL1023: 'secret' is not a value of 'access': expected private, protected or public")]
    [InlineData("group: finance", "models/a.sql: error MDL1022: there is no group 'finance'")]
    [InlineData("description: \"{{ doc('nothing') }}\"", "models/schema.yml(3,18): error MDL1021: there is no docs block 'nothing'")]
    [InlineData("config: {contract: {enforced: true}}",
        "models/schema.yml(2,11): error MDL1025: the model 'a' has an enforced contract, so its columns must be declared, each with a data_type")]
    public void A_mistake_is_placed_where_it_is_written(string property, string expected)
    {
        using var project = new TemporaryProject()
            .Models(("a", "select 1 as id"))
            .Write("models/schema.yml", $"models:\n  - name: a\n    {property}\n");

        project.Diagnose().ShouldBe([expected]);
    }

    [Fact]
    public void Of_a_key_written_twice_the_later_counts_as_in_dbt_s_reader()
    {
        using var project = new TemporaryProject("models:\n  shop:\n    +tags: [a]\nmodels:\n  shop:\n    +materialized: table\n")
            .Models(("orders", "select 1 as id"))
            .Write("models/all.yml", "sources:\n  - {name: first, tables: [{name: t}]}\nsources:\n  - {name: second, tables: [{name: t}]}\n");

        project.Diagnose().ShouldBe(
        [
            "dbt_project.yml(7,1): warning MDL1004: 'models' is written twice in the same mapping, first in line 4; the later one counts, remove one",
            "models/all.yml(3,1): warning MDL1004: 'sources' is written twice in the same mapping, first in line 1; the later one counts, remove one",
        ]);
        var parsed = project.Parse();
        parsed.Graph.TryGet("source.shop.first.t", out _).ShouldBeFalse();
        parsed.Graph.TryGet("source.shop.second.t", out _).ShouldBeTrue();
        parsed.Graph["model.shop.orders"].Config.Materialized.ShouldBe("table");
        parsed.Graph["model.shop.orders"].Tags.ShouldBeEmpty();
    }

    [Fact]
    public void A_node_in_the_graph_is_as_dbt_describes_it()
    {
        const string template =
            """

            {%- for node in graph.nodes.values() if node.name == 'm' -%}
              {{ node.deprecation_date }} {{ node.raw_code | length }}
            {%- endfor %} {{ (graph.sources.values() | list)[0].alias is defined -}}

            """;
        using var project = new TemporaryProject()
            .Models(("m", "\n\nselect 1 as id\n"), ("reader", template))
            .Write("models/schema.yml", "models:\n  - {name: m, deprecation_date: 2999-01-01 00:00:00Z}\nsources:\n  - {name: raw, tables: [{name: t}]}\n");

        project.Compile("model.shop.reader").Trim().ShouldBe("2999-01-01T00:00:00+00:00 14 False");
    }

    [Fact]
    public void A_date_stays_text_and_prints_as_it_is_written()
    {
        using var project = new TemporaryProject("vars: {since: 2024-01-31}\n");

        project.Evaluate("{{ var('since') }} {{ var('since') is string }}").ShouldBe("2024-01-31 True");
    }

    [Fact]
    public void Properties_of_no_model_are_reported_with_the_nearest_name()
    {
        using var project = new TemporaryProject()
            .Models(("dim_lead", "select 1 as id"))
            .Write("models/schema.yml", "models:\n  - name: dim_leads\n    description: x\n");

        project.Diagnose().ShouldBe(["models/schema.yml(2,11): warning MDL1014: there is no model 'dim_leads' for these properties; did you mean 'dim_lead'?"]);
    }

    [Fact]
    public void An_unknown_section_is_reported()
    {
        using var project = new TemporaryProject().Models(("a", "select 1 as id")).Write("models/schema.yml", "version: 2\nmodel: []\n");

        project.Diagnose().ShouldBe(["models/schema.yml(2,1): warning MDL1005: 'model' is not a key of a properties file; did you mean 'models'?"]);
    }

    [Fact]
    public void Descriptions_take_in_docs_blocks()
    {
        using var project = new TemporaryProject()
            .Models(("a", "select 1 as id"))
            .Write("models/docs.md", "# Notes\n{% docs lead %}\nSomeone who {{ asked }}.\n{% enddocs %}\n")
            .Write("models/schema.yml",
                "models:\n  - name: a\n    description: \"A: {{ doc('lead') }}\"\n    columns:\n      - {name: id, description: key}\n");

        var model = (ModelNode)project.Parse().Graph["model.shop.a"];

        model.Description.ShouldBe("A: Someone who {{ asked }}.");
        model.Columns.ShouldHaveSingleItem().Description.ShouldBe("key");
    }

    [Fact]
    public void A_source_takes_its_columns_from_its_contract()
    {
        using var project = new TemporaryProject()
            .Write("contracts/orders.yml",
                """
                name: orders
                format: csv
                file: orders.csv
                primary_key: [order_id]
                fields:
                  - {name: order_id, type: bigint, required: true, description: key of the order}
                  - {name: amount, type: "numeric(10,2)"}
                """)
            .Write("models/sources.yml",
                """
                sources:
                  - name: raw
                    loader: ingestion
                    tables:
                      - name: orders
                        meta: {leadline: {contract: contracts/orders.yml}}
                        columns:
                          - {name: amount, description: in euros, data_tests: [not_null]}
                """);

        var graph = project.Parse().Graph;
        var source = (SourceNode)graph["source.shop.raw.orders"];

        source.Columns.Take(2).Select(c => (c.Name, c.DataType, c.Description, c.NotNull))
            .ShouldBe([("order_id", "bigint", "key of the order", true), ("amount", "numeric(10,2)", "in euros", false)]);
        source.Columns.Select(c => c.Name).ShouldContain("meta_batch_id");
        source.IsUnknown.ShouldBeFalse();
        graph.Children(source.UniqueId).ShouldHaveSingleItem().ShouldStartWith("test.shop.source_not_null_raw_orders_amount.");
    }

    [Fact]
    public void A_source_without_columns_is_reported_once_where_a_model_reads_it()
    {
        using var project = new TemporaryProject()
            .Models(("a", "select * from {{ source('raw', 'orders') }}"), ("b", "select * from {{ source('raw', 'orders') }}"))
            .Write("models/sources.yml", "sources:\n  - name: raw\n    tables:\n      - name: orders\n      - name: unread\n");

        project.Diagnose().ShouldHaveSingleItem()
            .ShouldStartWith("models/sources.yml(4,15): warning MDL1017: the columns of source 'raw.orders' are not known");
    }

    [Fact]
    public void A_versioned_model_is_read_in_its_latest_version()
    {
        using var project = new TemporaryProject()
            .Models(("lead_v1", "select 1 as id"), (
                "lead_v2", "select 2 as id"), ("latest", "select * from {{ ref('lead') }}"), ("first", "select * from {{ ref('lead', v=1) }}"))
            .Write("models/schema.yml",
                """
                models:
                  - name: lead
                    columns: [{name: id, data_type: int}]
                    versions:
                      - v: 1
                      - v: 2
                        columns: [{include: all}, {name: id2, data_type: int}]
                """);

        var graph = project.Parse().Graph;

        graph["model.shop.latest"].DependsOn.ShouldBe(["model.shop.lead.v2"]);
        graph["model.shop.first"].DependsOn.ShouldBe(["model.shop.lead.v1"]);
        var second = (ModelNode)graph["model.shop.lead.v2"];
        second.Relation.Identifier.ShouldBe("lead_v2");
        second.Columns.Select(c => c.Name).ShouldBe(["id", "id2"]);
    }

    [Fact]
    public void Exposures_hooks_analyses_and_seeds_are_nodes()
    {
        using var project = new TemporaryProject("on-run-start: \"create table if not exists {{ target.schema }}.log (at timestamp)\"\n")
            .Models(("a", "select * from {{ ref('countries') }}"))
            .Write("seeds/countries.csv", "code\nde\n")
            .Write("analyses/look.sql", "select * from {{ ref('a') }}")
            .Write("models/schema.yml",
                """
                exposures:
                  - name: dashboard
                    type: dashboard
                    owner: {name: Ann}
                    depends_on: [ref('a')]
                """);

        var parsed = project.Parse();

        parsed.Diagnostics.ToSortedList().ShouldBeEmpty();
        parsed.Graph["exposure.shop.dashboard"].DependsOn.ShouldBe(["model.shop.a"]);
        parsed.Graph["model.shop.a"].DependsOn.ShouldBe(["seed.shop.countries"]);
        parsed.Graph["analysis.shop.look"].Fqn.ShouldBe(["shop", "analysis", "look"]);
        parsed.Compile(parsed.Graph["operation.shop.shop-on-run-start-0"], new EmptyDatabase()).Sql.ShouldContain("dev.log");
    }

    [Fact]
    public void Snapshots_are_blocks_or_yaml()
    {
        using var project = new TemporaryProject()
            .Models(("orders", "select 1 as id"))
            .Write("snapshots/history.sql",
                """
                {% snapshot orders_history %}
                {{ config(target_schema='snapshots', unique_key='id', strategy='check', check_cols='all') }}
                select * from {{ ref('orders') }}
                {% endsnapshot %}
                """)
            .Write("snapshots/schema.yml",
                """
                snapshots:
                  - name: orders_again
                    relation: ref('orders')
                    config: {schema: snapshots, unique_key: id, strategy: timestamp, updated_at: id}
                """);

        var parsed = project.Parse();

        parsed.Diagnostics.ToSortedList().ShouldBeEmpty();
        var block = (SnapshotNode)parsed.Graph["snapshot.shop.orders_history"];
        block.Relation.Schema.ShouldBe("snapshots");
        block.Config.GetString("strategy").ShouldBe("check");
        var yaml = (SnapshotNode)parsed.Graph["snapshot.shop.orders_again"];
        yaml.Relation.Schema.ShouldBe("dev_snapshots");
        parsed.Compile(yaml, new EmptyDatabase()).Sql.ShouldBe("""select * from "warehouse"."dev"."orders" """.TrimEnd());
    }
}
