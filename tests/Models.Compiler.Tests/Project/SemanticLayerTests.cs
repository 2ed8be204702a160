using System.Text.Json;
using Models.Analysis;
using Models.Artifacts;

namespace Models.Compiler.Tests.Project;

public sealed class SemanticLayerTests
{
    private const string Models =
        """
        semantic_models:
          - name: orders
            description: one row an order
            model: ref('orders')
            defaults: {agg_time_dimension: ordered_at}
            entities: [{name: order_id, type: primary}, {name: customer, type: foreign, expr: customer_id}]
            dimensions:
              - {name: ordered_at, type: time, type_params: {time_granularity: day}}
              - {name: city, type: categorical}
            measures:
              - {name: order_count, agg: sum, expr: 1, create_metric: true, label: Orders}
              - {name: revenue, agg: sum, expr: amount}
        """;

    private const string Metrics =
        """
        metrics:
          - name: total_revenue
            label: Revenue
            type: simple
            type_params: {measure: {name: revenue, fill_nulls_with: 0}}
            filter: "{{ Dimension('order__city') }} = 'Riga'"
          - {name: revenue_per_order, label: Per order, type: ratio, type_params: {numerator: total_revenue, denominator: {name: order_count, offset_window: 7 days}}}
          - {name: revenue_growth, label: Growth, type: derived, type_params: {expr: now - before, metrics: [{name: total_revenue, alias: now}, {name: total_revenue, alias: before, offset_to_grain: month}]}}
          - {name: revenue_to_date, label: To date, type: cumulative, type_params: {measure: revenue, cumulative_type_params: {window: 1 month}}}
        saved_queries:
          - name: by_city
            query_params: {metrics: [total_revenue, order_count], group_by: ["Dimension('order__city')"], where: ["{{ Dimension('order__city') }} is not null"]}
            config: {export_as: view}
            exports: [{name: city_table, config: {export_as: table, schema: mart}}, {name: city_view, config: {alias: seen}}]
        exposures:
          - name: board
            type: dashboard
            owner: {name: Ann, email: ann@example.org}
            depends_on: [metric('revenue_per_order'), ref('orders')]
        """;

    [Fact]
    public void Metrics_semantic_models_and_saved_queries_are_in_the_graph()
    {
        using var project = Shop();

        project.Diagnose().ShouldBeEmpty();
        var graph = project.Parse().Graph;

        graph.Parents("semantic_model.shop.orders").ShouldBe(["model.shop.orders"]);
        graph.Parents("metric.shop.order_count").ShouldBe(["semantic_model.shop.orders"]);
        graph.Parents("metric.shop.revenue_per_order").ShouldBe(["metric.shop.total_revenue", "metric.shop.order_count"], ignoreOrder: true);
        graph.Parents("metric.shop.revenue_growth").ShouldBe(["metric.shop.total_revenue"]);
        graph.Parents("saved_query.shop.by_city").ShouldBe(["metric.shop.total_revenue", "metric.shop.order_count"], ignoreOrder: true);
        graph.Parents("exposure.shop.board").ShouldBe(["model.shop.orders", "metric.shop.revenue_per_order"], ignoreOrder: true);
    }

    [Fact]
    public void The_manifest_has_them_in_dbt_s_form()
    {
        using var project = Shop();
        var path = project.PathOf("target/manifest.json");

        ManifestFile.Write(project.Parse(), new Dictionary<string, string>(), new Dictionary<string, AnalysedNode>(), path);

        using var manifest = JsonDocument.Parse(File.ReadAllText(path));
        var model = manifest.RootElement.GetProperty("semantic_models").GetProperty("semantic_model.shop.orders");
        model.GetProperty("node_relation").GetProperty("relation_name").GetString().ShouldBe("\"warehouse\".\"dev\".\"orders\"");
        model.GetProperty("measures")[1].GetProperty("agg").GetString().ShouldBe("sum");
        model.GetProperty("refs")[0].GetProperty("name").GetString().ShouldBe("orders");

        var metrics = manifest.RootElement.GetProperty("metrics");
        var total = metrics.GetProperty("metric.shop.total_revenue");
        total.GetProperty("filter")
            .GetProperty("where_filters")[0].GetProperty("where_sql_template").GetString().ShouldBe("{{ Dimension('order__city') }} = 'Riga'");
        total.GetProperty("depends_on").GetProperty("nodes")[0].GetString().ShouldBe("semantic_model.shop.orders");
        var ratio = metrics.GetProperty("metric.shop.revenue_per_order").GetProperty("type_params");
        ratio.GetProperty("denominator").GetProperty("offset_window").GetProperty("count").GetInt32().ShouldBe(7);
        ratio.GetProperty("input_measures")
            .EnumerateArray().Select(m => m.GetProperty("name").GetString()).ShouldBe(["revenue", "order_count"], ignoreOrder: true);
        metrics.GetProperty("metric.shop.revenue_to_date")
            .GetProperty("type_params").GetProperty("cumulative_type_params").GetProperty("window").GetProperty("granularity").GetString().ShouldBe("month");

        var query = manifest.RootElement.GetProperty("saved_queries").GetProperty("saved_query.shop.by_city");
        query.GetProperty("exports")[0].GetProperty("config").GetProperty("export_as").GetString().ShouldBe("table");
        query.GetProperty("exports")[0]
            .GetProperty("config").ToString().ShouldBe("""{"export_as":"table","schema_name":"mart","alias":"city_table","database":"warehouse"}""");
        query.GetProperty("exports")[1]
            .GetProperty("config").ToString().ShouldBe("""{"export_as":"view","schema_name":"dev","alias":"seen","database":"warehouse"}""");
        manifest.RootElement.GetProperty("exposures").GetProperty("exposure.shop.board").GetProperty("metrics")[0][0].GetString().ShouldBe("revenue_per_order");
        manifest.RootElement.GetProperty("child_map").GetProperty("metric.shop.revenue_per_order")[0].GetString().ShouldBe("exposure.shop.board");
    }

    [Fact]
    public void Templates_find_them_in_the_graph()
    {
        using var project = Shop();

        project.Evaluate(
            "{{ graph.metrics['metric.shop.total_revenue'].label }} {{ graph.semantic_models | length }} {{ graph.saved_queries.values() | " +
            "map(attribute='name') | join }}")
            .ShouldBe("Revenue 1 by_city");
    }

    [Fact]
    public void What_is_disabled_is_not_there()
    {
        using var project = Shop("saved-queries:\n  shop:\n    +enabled: false\n");

        project.Parse().Graph.TryGet("saved_query.shop.by_city", out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData("metrics:\n  - {name: a, label: A, type: simple, type_params: {measure: revenu}}",
        "(2,62): error MDL3017: no semantic model has a measure 'revenu'; did you mean 'revenue'?")]
    [InlineData("metrics:\n  - {name: a, label: A, type: ratio, type_params: {numerator: order_cnt, denominator: order_count}}",
        "(2,63): error MDL3016: there is no metric 'order_cnt'; did you mean 'order_count'?")]
    [InlineData("metrics:\n  - {name: a, label: A, type: ratio, type_params: {numerator: order_count}}",
        "(2,51): error MDL1006: type_params of the metric 'a' has no 'denominator'; add it")]
    [InlineData("metrics:\n  - {name: a, label: A, type: simpel, type_params: {measure: revenue}}",
        "(2,31): error MDL1023: 'simpel' is not a value of 'type': expected simple, ratio, derived, cumulative, conversion")]
    [InlineData("metrics:\n  - {name: a, type: simple, type_params: {measure: revenue}}", "(2,12): error MDL1006: the metric 'a' has no 'label'; add it")]
    [InlineData("metrics:\n  - {name: a, labl: A, label: A, type: simple, type_params: {measure: revenue}}",
        "(2,15): warning MDL1005: 'labl' is not a key of a metric; did you mean 'label'?")]
    [InlineData("saved_queries:\n  - {name: q, query_params: {metrics: [nothing]}}", "(2,40): error MDL3016: there is no metric 'nothing'")]
    [InlineData("saved_queries:\n  - {name: q, query_params: {metrics: [order_count]}, exports: [{name: e, config: {export_as: file}}]}",
        "(2,95): error MDL1023: 'file' is not a value of 'export_as': expected table, view")]
    [InlineData("saved_queries:\n  - {name: q, query_params: {metrics: [order_count]}, exports: [{name: e}]}",
        "(2,72): error MDL1006: the export 'e' has no 'export_as'; add it")]
    [InlineData(
        "semantic_models:\n  - {name: s, model: ref('ordrs')}", "(2,22): error MDL3001: there is no model, seed or snapshot 'ordrs'; did you mean 'orders'?")]
    [InlineData("semantic_models:\n  - {name: s, model: orders}", "(2,22): error MDL1023: 'orders' is not a value of 'model': expected ref('name')")]
    [InlineData("semantic_models:\n  - {name: s, model: ref('orders'), measures: [{name: m, agg: sums}]}",
        "(2,63): error MDL1023: 'sums' is not a value of 'agg': expected sum, min, max, count_distinct, sum_boolean, average, percentile, median, count")]
    [InlineData("semantic_models:\n  - {name: s, model: ref('orders'), defaults: {agg_time_dimension: orderd}, dimensions: [{name: ordered, type: time}]}",
        "(2,68): error MDL1032: the semantic model 's' has no time dimension 'orderd'; did you mean 'ordered'?")]
    [InlineData("exposures:\n  - {name: e, type: ml, owner: {name: x}, depends_on: [metric('order_cont')]}",
        "(2,56): error MDL3016: there is no metric 'order_cont'; did you mean 'order_count'?")]
    public void A_mistake_is_placed_where_it_is_written(string yaml, string expected)
    {
        using var project = Shop();
        project.Write("models/more.yml", yaml + "\n");

        project.Diagnose().ShouldBe(["models/more.yml" + expected]);
    }

    [Fact]
    public void Metrics_that_read_each_other_are_a_circle()
    {
        using var project = Shop();
        project.Write(
            "models/more.yml", "metrics:\n  - {name: a, label: A, type: derived, type_params: {expr: b, metrics: [b]}}\n  - {name: b, label: B, type: " +
            "derived, type_params: {expr: a, metrics: [a]}}\n");

        project.Diagnose().ShouldHaveSingleItem().ShouldContain("error MDL3004: these nodes depend on each other in a circle: ");
    }

    [Fact]
    public void A_model_s_entry_may_hold_its_semantic_model_and_its_metrics()
    {
        const string Orders = """
            models:
              - name: orders
                semantic_model: {name: sales}
                agg_time_dimension: ordered_at
                columns:
                  - {name: order_id, entity: primary}
                  - {name: customer_id, entity: {type: foreign, name: customer}}
                  - {name: ordered_at, granularity: day, dimension: time}
                  - {name: city, dimension: {type: categorical, label: Town}}
                derived_semantics: {dimensions: [{name: is_large, type: categorical, expr: amount > 9}]}
                metrics:
                  - {name: revenue, type: simple, agg: sum, expr: amount, fill_nulls_with: 0}
                  - {name: middle, label: Middle, type: simple, agg: percentile, expr: amount, percentile: 0.5, percentile_type: discrete}
            metrics:
              - {name: share, type: ratio, numerator: middle, denominator: revenue}
              - {name: growth, type: derived, expr: a - b, input_metrics: [{name: revenue, alias: a}, {name: revenue, alias: b, offset_window: 7 days}]}
              - {name: so_far, type: cumulative, input_metric: revenue, grain_to_date: month}
              - {name: paid, type: conversion, entity: customer, base_metric: middle, conversion_metric: revenue}

            """;
        using var project = new TemporaryProject()
            .Models(("orders", "select 1 as order_id, 1 as customer_id, now() as ordered_at, 'Riga' as city, 2 as amount")).Write("models/s.yml", Orders);
        var path = project.PathOf("target/manifest.json");

        project.Diagnose().ShouldBeEmpty();
        ManifestFile.Write(project.Parse(), new Dictionary<string, string>(), new Dictionary<string, AnalysedNode>(), path);

        using var manifest = JsonDocument.Parse(File.ReadAllText(path));
        var model = manifest.RootElement.GetProperty("semantic_models").GetProperty("semantic_model.shop.sales");
        Values(model, "entities", "name", "type", "expr").ShouldBe(["order_id primary order_id", "customer foreign customer_id"]);
        Values(model, "dimensions", "name", "type", "expr")
            .ShouldBe(["ordered_at time ordered_at", "city categorical city", "is_large categorical amount > 9"]);
        model.GetProperty("dimensions")[0].GetProperty("type_params").GetProperty("time_granularity").GetString().ShouldBe("day");
        model.GetProperty("defaults").GetProperty("agg_time_dimension").GetString().ShouldBe("ordered_at");
        Values(model, "measures", "name", "agg", "expr").ShouldBe(["revenue sum amount", "middle percentile amount"]);
        model.GetProperty("measures")[1].GetProperty("agg_params").ToString().ShouldBe("""{"percentile":0.5,"use_discrete_percentile":true}""");
        var graph = project.Parse().Graph;
        graph.Parents("metric.shop.revenue").ShouldBe(["semantic_model.shop.sales"]);
        graph.Parents("metric.shop.share").ShouldBe(["metric.shop.middle", "metric.shop.revenue"], ignoreOrder: true);
        graph.Parents("metric.shop.growth").ShouldBe(["metric.shop.revenue"]);
        graph.Parents("metric.shop.so_far").ShouldBe(["metric.shop.revenue"]);
        graph.Parents("metric.shop.paid").ShouldBe(["semantic_model.shop.sales"]);

        project.Write("models/s.yml", Orders.Replace("name: sales", "enabled: false").Replace("entity: primary", "entity: primry")).Diagnose()
            .ShouldContain(line => line.Contains("there is no metric 'revenue'"));
        project.Write("models/s.yml", Orders.Replace("entity: primary", "entity: primry")).Diagnose()
            .ShouldHaveSingleItem().ShouldStartWith("models/s.yml(6,34): error MDL1023: 'primry' is not a value of 'type': expected primary");
    }

    private static IEnumerable<string> Values(JsonElement model, string list, params string[] keys) =>
        model.GetProperty(list).EnumerateArray().Select(e => string.Join(' ', keys.Select(k => e.GetProperty(k).ToString())));

    private static TemporaryProject Shop(string settings = "") => new TemporaryProject(settings)
        .Models(("orders", "select 1 as order_id, 1 as customer_id, now() as ordered_at, 'Riga' as city, 2 as amount"))
        .Write("models/semantic.yml", Models)
        .Write("models/metrics.yml", Metrics);
}
