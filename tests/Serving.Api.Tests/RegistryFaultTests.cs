namespace Serving.Api.Tests;

/// <summary>A registry whose rows were damaged: the champion that answers stays, and the service lives.</summary>
public sealed class RegistryFaultTests(PostgresFixture postgres)
{
    private const string EditCard = "update serving.models set artifact_sha256 = null, artifact = convert_to(regexp_replace(convert_from(artifact, 'UTF8'), ";

    public static TheoryData<string, string> Faults => new()
    {
        { EditCard + """'"Terms":\[.*', '"Terms":[null]}'), 'UTF8')""", "a term without content" },
        { EditCard + """'"Terms":\[.*', '"Terms":null}'), 'UTF8')""", "cannot be read" },
        { EditCard + """'"Intercept":[-0-9.eE]+', '"Intercept":1e999'), 'UTF8')""", "as a weight" },
        { EditCard + """'"Intercept":[-0-9.eE]+', '"Intercept":1e300'), 'UTF8')""", "as a weight" },
        { EditCard + """'"Weights":\[[-0-9.eE]+', '"Weights":[-1e999'), 'UTF8')""", "as a weight" },
        { EditCard + """'"Weights":\[[-0-9.eE]+', '"Weights":[0,0'), 'UTF8')""", "weights for" },
        { EditCard + """'"Edges":\[[-0-9.eE]+', '"Edges":[1e999'), 'UTF8')""", "not in ascending order" },
        { EditCard + """'"Levels":\[', '"Levels":[null,'), 'UTF8')""", "not in ascending order" },
        { EditCard + """'"Feature":"[a-z_0-9]+"', '"Feature":"unheard_of"'), 'UTF8')""", "'unheard_of'" },
        { "update serving.models set artifact = set_byte(artifact, length(artifact) / 2, get_byte(artifact, length(artifact) / 2) # 1)", "the hash differs" },
        { "update serving.models set artifact = ''", "the hash differs" },
        { "update serving.models set artifact = '', artifact_sha256 = null", "cannot be read" },
        { "update serving.models set artifact = 'null', artifact_sha256 = null", "is empty" },
        { "update serving.models set metrics = '\"x\"'", "its metrics cannot be read" },
        { "update serving.models set metrics = 'null'", "its metrics cannot be read" },
        { "update serving.models set metrics = '{}'", "its metrics cannot be read" },
        { """update serving.models set metrics = jsonb_set(metrics, '{calibration}', '[null]')""", "its metrics cannot be read" },
        { """update serving.models set metrics = jsonb_set(metrics, '{auc}', '"good"')""", "its metrics cannot be read" },
        { "update serving.models set learner = 'oracle'", "no learner 'oracle'" },
        { "update serving.models set learner = 'mlnet_lightgbm', artifact_sha256 = null", "cannot be read" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_damaged_champion_leaves_the_present_one_answering(string fault, string reason)
    {
        await using var warehouse = await Warehouse.CreateAsync(postgres);
        await warehouse.TrainAsync();
        await using var service = new Service(warehouse.ConnectionString);
        var (_, before) = await service.PredictAsync(7);

        // a damaged copy is promoted in its place
        await warehouse.ExecuteAsync(
            $"""
            begin;
            create temporary table copy on commit drop as select * from serving.models;
            update serving.models set status = 'archived';
            insert into serving.models (name, target, learner, status, verdict, metrics, schema_fingerprint, training_fingerprint, artifact, artifact_sha256)
            select name, target, learner, 'champion', verdict, metrics, schema_fingerprint, training_fingerprint, artifact, artifact_sha256 from copy;
            {fault} where status = 'champion';
            commit;
            """);
        await service.LineAsync("could not be loaded; the present one stays");

        service.Lines.ShouldContain(line => line.Contains(reason, StringComparison.Ordinal));
        var (status, after) = await service.PredictAsync(7);
        status.ShouldBe(200);
        after.GetProperty("model_version").GetInt32().ShouldBe(1);
        after.GetProperty("score").GetDouble().ShouldBe(before.GetProperty("score").GetDouble());
        (await service.GetAsync("/models")).Status.ShouldBe(200);
        (await service.HealthAsync()).ShouldBe(200);
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_service_that_starts_on_a_damaged_champion_lives_and_says_that_it_has_none(string fault, string reason)
    {
        await using var warehouse = await Warehouse.CreateAsync(postgres);
        await warehouse.TrainAsync();
        await warehouse.ExecuteAsync(fault);
        await using var service = new Service(warehouse.ConnectionString);

        (await service.PredictAsync(7)).Status.ShouldBe(503);

        service.Lines.ShouldContain(line => line.Contains(reason, StringComparison.Ordinal), string.Join('\n', service.Lines));
        (await service.HealthAsync()).ShouldBe(503);
        (await service.GetAsync("/models")).Status.ShouldBe(200);
        await warehouse.TrainAsync();
    }

    [Fact]
    public async Task A_model_stored_without_a_hash_is_used()
    {
        await using var warehouse = await Warehouse.CreateAsync(postgres);
        await warehouse.TrainAsync();
        await warehouse.ExecuteAsync("update serving.models set artifact_sha256 = null");
        await using var service = new Service(warehouse.ConnectionString);

        (await service.PredictAsync(7)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_metric_that_is_not_a_number_is_listed_as_such()
    {
        await using var warehouse = await Warehouse.CreateAsync(postgres);
        await warehouse.TrainAsync();
        await warehouse.ExecuteAsync("""update serving.models set metrics = jsonb_set(metrics, '{auc}', '"NaN"')""");
        await using var service = new Service(warehouse.ConnectionString);

        var (status, models) = await service.GetAsync("/models");

        status.ShouldBe(200);
        models[0].GetProperty("metrics").GetProperty("auc").GetString().ShouldBe("NaN");
    }
}
