using System.Text.Json;

namespace Ingestion.Worker.Tests;

public sealed class WebhookTests(PostgresFixture postgres)
{
    [Fact]
    public async Task A_failure_is_told_with_the_dataset_the_check_and_what_changed_upstream()
    {
        await using var scene = await WorkerScene.CreateAsync(postgres);
        AddProject(scene, "on: failure");
        var worker = await scene.StartHealthyAsync(("Secrets__chat", $"{scene.Receiver.Url}/chat/hidden-path"));

        var details = await WorkerScene.RunToEndAsync(worker, "users");

        details.GetProperty("run").GetProperty("status").GetString().ShouldBe("Failed");
        var message = await MessageAsync(scene);
        message.GetProperty("text").GetString().ShouldNotBeNull().ShouldStartWith("Pipeline users failed after ");
        var attachment = message.GetProperty("attachments")[0];
        attachment.GetProperty("color").GetString().ShouldBe("danger");
        Field(attachment, "Step").ShouldBe("models (critical)");
        Field(attachment, "Dataset").ShouldBe("people");
        Field(attachment, "Check").ShouldStartWith("unique_people_country");
        Field(attachment, "Found").ShouldContain("result");
        Field(attachment, "Changed upstream").ShouldStartWith("raw.users: 50 rows from ");
        worker.Output.ShouldNotContain("hidden-path");
    }

    [Fact]
    public async Task A_success_is_told_where_that_is_asked_for()
    {
        await using var scene = await WorkerScene.CreateAsync(postgres);
        AddProject(scene, "on: [success]", test: "not_null");
        var worker = await scene.StartHealthyAsync(("Secrets__chat", $"{scene.Receiver.Url}/chat/hidden-path"));

        var details = await WorkerScene.RunToEndAsync(worker, "users");

        details.GetProperty("run").GetProperty("status").GetString().ShouldBe("Succeeded", details.ToString());
        var message = await MessageAsync(scene);
        message.GetProperty("text").GetString().ShouldNotBeNull().ShouldStartWith("Pipeline users went well in ");
        message.GetProperty("attachments")[0].GetProperty("color").GetString().ShouldBe("good");
        Field(message.GetProperty("attachments")[0], "Rows loaded").ShouldBe("50");
    }

    [Fact]
    public async Task A_webhook_that_does_not_answer_is_a_warning_and_no_failure()
    {
        await using var scene = await WorkerScene.CreateAsync(postgres);
        scene.AddPipeline("users", "schedule: {at_start: false}\nsteps:\n  - {call: {url: RECEIVER/ok}}\nwebhooks:\n  - {secret: chat, on: success}");
        var worker = await scene.StartHealthyAsync();

        var details = await WorkerScene.RunToEndAsync(worker, "users");

        details.GetProperty("run").GetProperty("status").GetString().ShouldBe("Succeeded");
        await worker.WaitForOutputAsync("Pipeline users: the webhook at the address of secret 'chat' was not told: The secret 'chat' is not there: set Secrets__chat.");
    }

    private static void AddProject(WorkerScene scene, string on, string test = "unique")
    {
        scene.AddPipeline("users", $$"""
            schedule: {at_start: false}
            steps:
              - ingest: all
              - {name: models, build: all}
            webhooks:
              - {secret: chat, {{on}}}
            """);
        scene.AddContract("users", """
            name: users
            format: faker
            primary_key: [id]
            options: {dataset: users, rows: 50}
            fields:
              - {name: id, type: bigint, required: true}
              - {name: country, type: text}
            """);
        scene.AddProjectFile("users", "dbt_project.yml", "name: users\nversion: '1.0'\nprofile: users\nmodel-paths: [models]\n");
        scene.AddProjectFile("users", "profiles.yml", "users:\n  target: dev\n  outputs:\n    dev: {type: postgres, host: localhost, user: me, password: x, port: 5432, dbname: x, schema: dev, threads: 2}\n");
        scene.AddProjectFile("users", "models/people.sql", "select id, 'somewhere' as country from {{ source('raw', 'users') }}");
        scene.AddProjectFile("users", "models/schema.yml", $$"""
            version: 2
            sources:
              - name: raw
                schema: raw
                tables: [{name: users}]
            models:
              - name: people
                columns:
                  - name: country
                    data_tests: [{{test}}]
            """);
    }

    private static async Task<JsonElement> MessageAsync(WorkerScene scene)
    {
        while (scene.Receiver.Count("/chat/hidden-path") == 0)
            await Task.Delay(50);
        return JsonDocument.Parse(scene.Receiver.Calls.Single().Body).RootElement;
    }

    private static string Field(JsonElement attachment, string title) =>
        attachment.GetProperty("fields").EnumerateArray().First(f => f.GetProperty("title").GetString() == title).GetProperty("value").GetString()!;
}
