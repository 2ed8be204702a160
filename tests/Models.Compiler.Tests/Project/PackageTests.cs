using Models.Project.Graph;

namespace Models.Compiler.Tests.Project;

public sealed class PackageTests
{
    private static TemporaryProject WithPackage() => new TemporaryProject("models:\n  tools:\n    +schema: from_root\n")
        .Write("dbt_packages/tools/dbt_project.yml",
            "name: tools\nprofile: x\nmodels:\n  tools:\n    +materialized: table\n    +schema: from_package\nvars:\n  unit: kg\n")
        .Write("dbt_packages/tools/models/calendar.sql", "{{ config(tags='tools') }} select '{{ var('unit') }}' as unit")
        .Write("dbt_packages/tools/macros/m.sql",
            """
            {% macro double(x) %}{{ return(adapter.dispatch('double', 'tools')(x)) }}{% endmacro %}
            {% macro default__double(x) %}2 * {{ x }}{% endmacro %}
            {% macro helper() %}package{% endmacro %}
            """);

    [Fact]
    public void A_package_brings_models_that_the_root_project_configures()
    {
        using var project = WithPackage().Models(("a", "select * from {{ ref('calendar') }} union all select * from {{ ref('tools', 'calendar') }}"));

        var graph = project.Parse().Graph;

        graph["model.shop.a"].DependsOn.ShouldBe(["model.tools.calendar"]);
        graph["model.tools.calendar"].Config.Materialized.ShouldBe("table");
        ((ModelNode)graph["model.tools.calendar"]).Relation.Schema.ShouldBe("dev_from_root");
    }

    [Fact]
    public void A_package_names_its_own_nodes()
    {
        using var project = WithPackage()
            .Models(("a", "select 1 as id"))
            .Write("macros/names.sql", "{% macro generate_alias_name(custom_alias_name=none, node=none) %}root_{{ node.name }}{% endmacro %}")
            .Write("dbt_packages/tools/macros/names.sql",
                "{% macro generate_alias_name(custom_alias_name=none, node=none) %}tools_{{ node.name }}{% endmacro %}");

        var graph = project.Parse().Graph;

        ((ModelNode)graph["model.tools.calendar"]).Relation.Identifier.ShouldBe("tools_calendar");
        ((ModelNode)graph["model.shop.a"]).Relation.Identifier.ShouldBe("root_a");
    }

    [Fact]
    public void The_root_project_overrides_what_a_package_dispatches()
    {
        using var project = WithPackage();
        project.Evaluate("select {{ tools.double(3) }}").ShouldBe("select 2 * 3");

        project.Write("macros/o.sql", "{% macro postgres__double(x) %}{{ x }} + {{ x }}{% endmacro %}");
        project.Evaluate("select {{ tools.double(3) }}").ShouldBe("select 3 + 3");
    }

    [Fact]
    public void The_configured_search_order_decides()
    {
        using var project = WithPackage()
            .Write("dbt_project.yml", "name: shop\nprofile: shop\ndispatch:\n  - macro_namespace: tools\n    search_order: [tools, shop]\n")
            .Write("macros/o.sql", "{% macro postgres__double(x) %}{{ x }} + {{ x }}{% endmacro %}");

        project.Evaluate("select {{ tools.double(3) }}").ShouldBe("select 2 * 3");
    }

    [Fact]
    public void A_local_package_is_found_where_it_lies()
    {
        using var project = new TemporaryProject()
            .Write("packages.yml", "packages:\n  - local: shared/dates\n")
            .Write("shared/dates/dbt_project.yml", "name: dates\nprofile: x\n")
            .Write("shared/dates/macros/today.sql", "{% macro today() %}current_date{% endmacro %}");

        project.Evaluate("select {{ dates.today() }} as day").ShouldBe("select current_date as day");
    }

    [Fact]
    public void A_local_package_brings_the_local_packages_that_it_lists()
    {
        using var project = new TemporaryProject()
            .Write("packages.yml", "packages:\n  - local: kit\n")
            .Write("kit/dbt_project.yml", "name: kit\nprofile: x\n")
            .Write("kit/packages.yml", "packages:\n  - local: shared/dates\n  - local: kit/lib\n")
            .Write("kit/lib/dbt_project.yml", "name: lib\nprofile: x\n")
            .Write("kit/lib/macros/one.sql", "{% macro one() %}1{% endmacro %}")
            .Write("kit/shared/dates/dbt_project.yml", "name: dates\nprofile: x\n")
            .Write("kit/shared/dates/macros/today.sql", "{% macro today() %}current_date{% endmacro %}");

        // paths are taken from the root project, as in dbt, or else from the package's own folder
        project.Evaluate("select {{ dates.today() }}, {{ lib.one() }}").ShouldBe("select current_date, 1");
    }

    [Fact]
    public void A_package_that_is_not_installed_is_reported_where_it_is_listed()
    {
        using var project = new TemporaryProject().Write("packages.yml", "packages:\n  - package: dbt-labs/dbt_utils\n    version: 1.3.0\n");

        project.Diagnose().ShouldHaveSingleItem()
            .ShouldStartWith("packages.yml(2,14): error MDL1015: the package 'dbt-labs/dbt_utils' is listed in packages.yml, but there is no folder");
    }
}
