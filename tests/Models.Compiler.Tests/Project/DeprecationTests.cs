using Models.Project.Configuration;

namespace Models.Compiler.Tests.Project;

public sealed class DeprecationTests
{
    [Fact]
    public void A_deprecated_model_and_what_reads_it_are_warned_about()
    {
        using var project = new TemporaryProject()
            .Models(("old", "select 1 as id"), ("reader", "select id\nfrom {{ ref('old') }}"))
            .Write("models/properties.yml",
                "models:\n  - name: old\n    deprecation_date: 2020-01-31\n    columns:\n      - name: id\n        data_tests: [unique]\n");

        project.Diagnose().ShouldBe(
        [
            "models/properties.yml(2,11): warning MDL1031: the model 'old' is deprecated since 2020-01-31; remove it, or postpone the date",
            "models/reader.sql(2,9): warning MDL3014: the model 'old', which 'reader' reads, is deprecated since 2020-01-31",
        ]);
    }

    [Fact]
    public void Who_reads_a_model_that_is_going_away_is_told_the_version_to_read_instead()
    {
        using var project = new TemporaryProject()
            .Models(("orders_v1", "select 1 as id"), ("orders_v2", "select 2 as id"), ("reader", "select id from {{ ref('orders', v=1) }}"))
            .Write("models/properties.yml",
                "models:\n  - name: orders\n    latest_version: 2\n    versions:\n      - v: 1\n        deprecation_date: 2999-12-31 00:00:00+00:00\n      - " +
                "v: 2\n");

        project.Diagnose().ShouldBe(
            ["models/reader.sql(1,19): warning MDL3015: the model 'orders.v1', which 'reader' reads, will be deprecated on 2999-12-31 00:00:00+00:00; read " +
                "version 2"]);
    }

    [Fact]
    public void A_date_that_is_none_is_reported_where_it_is_written()
    {
        using var project = new TemporaryProject()
            .Models(("old", "select 1 as id"))
            .Write("models/properties.yml", "models:\n  - name: old\n    deprecation_date: soon\n");

        project.Diagnose().ShouldBe(
            ["models/properties.yml(3,23): error MDL1023: 'soon' is not a value of 'deprecation_date': expected a date such as 2030-01-31"]);
    }

    [Fact]
    public void The_warnings_go_by_dbt_s_names()
    {
        var policy = new WarningPolicy { Errors = new HashSet<string> { "DeprecatedModel", "DeprecatedReference", "UpcomingReferenceDeprecation" } };

        policy.IsError("MDL1031").ShouldBeTrue();
        policy.IsError("MDL3014").ShouldBeTrue();
        policy.IsError("MDL3015").ShouldBeTrue();
    }
}
