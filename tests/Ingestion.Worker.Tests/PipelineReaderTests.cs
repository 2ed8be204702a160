using Ingestion.Worker.Definitions;
using Models.Diagnostics;

namespace Ingestion.Worker.Tests;

public sealed class PipelineReaderTests
{
    private const string Steps = "steps:\n  - ingest: all\n";

    [Fact]
    public void A_pipeline_has_what_its_file_says()
    {
        var pipeline = Read("""
            description: Orders, up to the marts.
            sample: cars
            concurrency: 2
            schedule:
              cron: "30 6 * * 1-5"
              time_zone: Europe/Berlin
              catch_up: true
              at_start: false
              when_new:
                tables: [raw.orders, {table: app.customers, loaded_at: updated_at}]
                check_every: 30s
            steps:
              - name: load
                ingest: [orders, customers]
                retries: 3
                backoff: 5s
                timeout: 2h
              - build: +dm_orders
                exclude: [tag:slow]
              - name: quality
                test: tag:quality
                after: [build]
                on_failure: report
              - call: {url: https://example.com/refresh, secret: refresh}
                after: build
            webhooks:
              - {secret: slack, on: [failure, success]}
            """).ShouldNotBeNull();

        pipeline.Name.ShouldBe("orders");
        pipeline.Sample.ShouldBe("cars");
        pipeline.SampleSize.ShouldBeNull();
        pipeline.Concurrency.ShouldBe(2);
        pipeline.Schedule.Cron.ShouldNotBeNull().TimeZone.Id.ShouldBe("Europe/Berlin");
        pipeline.Schedule.CatchUp.ShouldBeTrue();
        pipeline.Schedule.AtStart.ShouldBeFalse();
        pipeline.Schedule.WhenNew.ShouldBe([new UpstreamTable("raw.orders", ""), new UpstreamTable("app.customers", "updated_at")]);
        pipeline.Schedule.CheckEvery.ShouldBe(TimeSpan.FromSeconds(30));
        pipeline.Steps.Select(s => (s.Name, s.Kind, After: string.Join(',', s.After))).ShouldBe(
            [("load", StepKind.Ingest, ""), ("build", StepKind.Build, "load"), ("quality", StepKind.Test, "build"), ("call", StepKind.Call, "build")]);
        pipeline.Steps[0].ShouldSatisfyAllConditions(
            s => s.Select.ShouldBe(["orders", "customers"]),
            s => s.Retries.ShouldBe(3),
            s => s.Backoff.ShouldBe(TimeSpan.FromSeconds(5)),
            s => s.Timeout.ShouldBe(TimeSpan.FromHours(2)));
        pipeline.Steps[2].OnlyReports.ShouldBeTrue();
        pipeline.Webhooks.ShouldHaveSingleItem().ShouldBe(new PipelineWebhook(Url: null, "slack", OnFailure: true, OnSuccess: true));
    }

    [Fact]
    public void A_time_of_the_clock_is_one_of_its_time_zone()
    {
        var cron = Read($"schedule: {{cron: \"0 6 * * *\", time_zone: America/New_York}}\n{Steps}").ShouldNotBeNull().Schedule.Cron.ShouldNotBeNull();

        cron.GetNextValidTimeAfter(new DateTimeOffset(2026, 7, 1, 0, 0, 0, TimeSpan.Zero)).ShouldBe(new DateTimeOffset(2026, 7, 1, 10, 0, 0, TimeSpan.Zero));
    }

    [Theory]
    [InlineData("stpes: []\n" + Steps, "(1,1): error MDL6103: Unknown key 'stpes' in the pipeline; did you mean 'steps'?")]
    [InlineData("steps:\n  - ingets: all", "(2,5): error MDL6103: Unknown key 'ingets' in the step; did you mean 'ingest'?")]
    [InlineData("steps: []", "(1,1): error MDL6606: The pipeline has no steps; add 'steps:' with at least '- ingest: all'")]
    [InlineData("steps:\n  - name: a", "(2,5): error MDL6607: The step does nothing; give it one of ingest, build, test, train, score, call")]
    [InlineData("steps:\n  - ingest: all\n    build: all", "(2,5): error MDL6608: The step does several things: ingest, build; make a step of each")]
    [InlineData("steps:\n  - ingest: all\n  - ingest: all", "(3,5): error MDL6609: There is another step 'ingest'; give one of them another 'name'")]
    [InlineData("steps:\n  - ingest: all\n  - build: all\n    after: ingset", "(4,12): error MDL6610: There is no step 'ingset'; did you mean 'ingest'?; 'after' names steps of this pipeline: ingest, build")]
    [InlineData("steps:\n  - ingest: all\n    after: test\n  - build: all\n  - test: all", "(2,5): error MDL6611: The steps wait for each other in a circle: ingest -> test -> build -> ingest; remove one of them from 'after'")]
    [InlineData("steps:\n  - ingest: all\n    after: ingest", "(2,5): error MDL6611: The steps wait for each other in a circle: ingest -> ingest;")]
    [InlineData("schedule: {cron: \"61 * * * *\"}\n" + Steps, "(1,18): error MDL6603: The cron expression '61 * * * *' cannot be used: ")]
    [InlineData("schedule: {cron: \"0 0 6 * * ?\"}\n" + Steps, "(1,18): error MDL6603: The cron expression '0 0 6 * * ?' cannot be used: ")]
    [InlineData("schedule: {cron: \"0 0 30 2 *\"}\n" + Steps, "(1,18): error MDL6603: The cron expression '0 0 30 2 *' cannot be used: ")]
    [InlineData("schedule: {cron: \"0 6 * * *\", time_zone: Europe/Berlni}\n" + Steps, "(1,42): error MDL6604: There is no time zone 'Europe/Berlni'; did you mean 'Europe/Berlin'?")]
    [InlineData("schedule: {time_zone: UTC}\n" + Steps, "(1,23): error MDL6605: 'time_zone' needs 'cron' beside it;")]
    [InlineData("schedule: {when_new: {tables: [orders]}}\n" + Steps, "(1,32): error MDL6105: 'tables' must be a list of tables of schema raw,")]
    [InlineData("steps:\n  - ingest: all\n    timeout: 10 minutes", "(3,14): error MDL6612: 'timeout' must be a length of time above zero and up to a day, as in 30s, 5m, 2h or 1d, not '10 minutes'")]
    [InlineData("steps:\n  - ingest: all\n    retries: -1", "(3,14): error MDL6105: 'retries' must be a whole number, 0 or more")]
    [InlineData("steps:\n  - ingest: all\n    retries: 99999999999", "(3,14): error MDL6105: 'retries' must be a whole number, 0 to 100")]
    [InlineData("steps:\n  - ingest: all\n    backoff: 2d", "(3,14): error MDL6612: 'backoff' must be a length of time above zero and up to a day,")]
    [InlineData("steps:\n  - ingest: all\n    on_failure: ignore", "(3,17): error MDL6105: 'on_failure' must be one of stop, report")]
    [InlineData("steps:\n  - ingest: all\n    optional: true", "(3,15): error MDL6617: A step that does 'ingest' has no 'optional'; only train and score steps have")]
    [InlineData("steps:\n  - ingest: all\n    exclude: a", "(3,14): error MDL6617: A step that does 'ingest' has no 'exclude'; only build and test steps have")]
    [InlineData("steps:\n  - call: {url: ftp://example.com}", "(2,17): error MDL6613: 'ftp://example.com' is no address;")]
    [InlineData("steps:\n  - call: {url: 'https://me:secret@example.com'}", "(2,17): error MDL6614: The address of host 'example.com' holds a user name or password;")]
    [InlineData(Steps + "webhooks:\n  - on: failure", "(4,5): error MDL6615: The webhook needs either 'url' or 'secret'; give one of them")]
    [InlineData("sample: boats\n" + Steps, "(1,9): error MDL6616: There is no sample 'boats'")]
    [InlineData("sample: {size: few}\n" + Steps, "(1,16): error MDL6105: 'size' must be a whole number above zero")]
    [InlineData("sample: {rows: 10, size: 10}\n" + Steps, "(1,10): error MDL6103: Unknown key 'rows' in the sample")]
    [InlineData("steps: [", "error MDL6602: The pipeline is not valid yaml: ")]
    [InlineData("- a", "orders/pipeline.yml: error MDL6105: 'pipeline' must be one mapping with steps")]
    public void A_mistake_is_one_line_that_says_where_it_is_and_how_to_mend_it(string yaml, string message)
    {
        var diagnostics = new DiagnosticBag();

        PipelineReader.Read(new SourceText("/projects/orders/pipeline.yml", yaml), diagnostics).ShouldBeNull();

        diagnostics.ToSortedList().ShouldHaveSingleItem().ToString().ShouldContain(message);
    }

    [Fact]
    public void A_file_that_is_not_there_is_a_mistake()
    {
        var diagnostics = new DiagnosticBag();

        PipelineReader.Read("/no/such/pipeline.yml", diagnostics).ShouldBeNull();

        diagnostics.ToSortedList().ShouldHaveSingleItem().ToString().ShouldStartWith("/no/such/pipeline.yml: error MDL6601: The pipeline cannot be read: ");
    }

    private static PipelineDefinition? Read(string yaml)
    {
        var diagnostics = new DiagnosticBag();
        var pipeline = PipelineReader.Read(new SourceText("/projects/orders/pipeline.yml", yaml), diagnostics);
        diagnostics.ToSortedList().ShouldBeEmpty();
        return pipeline;
    }
}
