using Microsoft.Extensions.Logging.Abstractions;
using Serving.Registry;
using Serving.Training.Failures;
using Serving.Training.Run;

namespace Serving.Training.Tests;

public sealed class TrainingRunTests(PostgresFixture postgres)
{
    [Fact]
    public async Task The_first_model_that_passes_becomes_champion()
    {
        await using var stage = await Stage.CreateAsync(postgres);
        await stage.AddLeadsAsync(1500);

        var promoted = (await stage.TrainAsync()).ShouldBeOfType<TrainingOutcome.Promoted>();

        promoted.Learner.ShouldBe("scorecard");
        promoted.Metrics.Auc.ShouldBeGreaterThan(0.75);
        promoted.Metrics.Count.ShouldBeInRange(250, 350, "a fifth is held out");
        var champion = (await stage.Registry.FindChampionAsync(default)).ShouldNotBeNull();
        champion.Version.ShouldBe(promoted.Version);
        champion.Metrics.ShouldNotBeNull().Auc.ShouldBe(promoted.Metrics.Auc);
    }

    [Fact]
    public async Task Nothing_is_trained_again_while_the_features_stay_the_same()
    {
        await using var stage = await Stage.CreateAsync(postgres);
        await stage.AddLeadsAsync(1500);
        var first = (TrainingOutcome.Promoted)await stage.TrainAsync();

        // the same rows in another order
        await stage.ExecuteAsync(
            """
            create table dev_test_features.sorted as select * from dev_test_features.lead_features order by message_length;
            drop table dev_test_features.lead_features;
            alter table dev_test_features.sorted rename to lead_features;
            """);
        var second = await stage.TrainAsync();

        second.ShouldBe(new TrainingOutcome.Unchanged(first.Version));
        (await stage.Registry.ListAsync(default)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Another_seed_alone_trains_nothing_and_another_setting_of_the_gate_does()
    {
        await using var stage = await Stage.CreateAsync(postgres);
        await stage.AddLeadsAsync(1500);
        var first = (TrainingOutcome.Promoted)await stage.TrainAsync();

        stage.Options.Seed = 2;
        (await stage.TrainAsync()).ShouldBe(new TrainingOutcome.Unchanged(first.Version));

        stage.Options.MinimumAuc = 0.6;
        (await stage.TrainAsync()).ShouldBeOfType<TrainingOutcome.Kept>("the same model is not better than itself").ChampionVersion.ShouldBe(first.Version);
    }

    [Fact]
    public async Task Leads_whose_window_is_not_over_are_not_learnt_from()
    {
        await using var stage = await Stage.CreateAsync(postgres);
        await stage.AddLeadsAsync(1500);
        // half of the leads are so young that their customers have not signed yet
        await stage.ExecuteAsync("update dev_test_features.lead_features set created_at = '2025-04-25', is_customer = false, customer_date = null where contact_id % 2 = 0");

        var promoted = (await stage.TrainAsync()).ShouldBeOfType<TrainingOutcome.Promoted>();

        promoted.Metrics.Count.ShouldBeInRange(125, 175, "a fifth of the older ones");
        (promoted.Metrics.Positives / (double)promoted.Metrics.Count).ShouldBeInRange(0.2, 0.4);
        promoted.Evaluation.Levels[^1].ShouldBe(promoted.Evaluation.Levels[^6], tolerance: 0.2, "a young week is not taken for a worse one");
    }

    [Fact]
    public async Task A_model_that_a_person_is_to_promote_waits_as_a_candidate()
    {
        await using var stage = await Stage.CreateAsync(postgres);
        await stage.AddLeadsAsync(1500);
        stage.Options.Promotion = Configuration.PromotionPolicy.Manual;

        (await stage.TrainAsync()).ShouldBeOfType<TrainingOutcome.Waiting>().Verdict.ShouldEndWith("the first that passes");

        (await stage.Registry.FindChampionAsync(default)).ShouldBeNull();
        (await stage.Registry.ListAsync(default)).Single().Status.ShouldBe(ModelStatus.Candidate);
    }

    [Fact]
    public async Task Given_scores_are_kept_for_as_long_as_configured()
    {
        await using var stage = await Stage.CreateAsync(postgres);
        await stage.AddLeadsAsync(1500);
        await stage.TrainAsync();
        await stage.ExecuteAsync("insert into serving.predictions (scored_at, entity, model_version, probability) select now() - age * interval '1 day', age, 1, 0.5 from generate_series(0, 200, 40) as age");

        await stage.TrainAsync();
        await using var command = stage.Source.CreateCommand("select array_agg(entity::integer order by entity::integer) from serving.predictions");
        (await command.ExecuteScalarAsync(TestContext.Current.CancellationToken)).ShouldBe(new[] { 0, 40, 80 });
    }

    [Fact]
    public async Task A_better_model_takes_the_champions_place_and_the_old_one_is_kept()
    {
        await using var stage = await Stage.CreateAsync(postgres);
        stage.Options.MinimumAuc = 0.55;
        await stage.AddLeadsAsync(2000);
        await stage.TurnTrainingLabelsRoundAsync();
        var first = (TrainingOutcome.Promoted)await stage.TrainAsync();

        await stage.TurnTrainingLabelsRoundAsync();
        var second = (await stage.TrainAsync()).ShouldBeOfType<TrainingOutcome.Promoted>();

        var models = await stage.Registry.ListAsync(default);
        models.Select(model => (model.Version, model.Status)).ShouldBe([(second.Version, ModelStatus.Champion), (first.Version, ModelStatus.Archived)]);
    }

    [Fact]
    public async Task A_worse_model_leaves_the_champion_in_place()
    {
        await using var stage = await Stage.CreateAsync(postgres);
        await stage.AddLeadsAsync(2000);
        var first = (TrainingOutcome.Promoted)await stage.TrainAsync();

        await stage.TurnTrainingLabelsRoundAsync();
        var second = await stage.TrainAsync();

        var kept = second.ShouldBeOfType<TrainingOutcome.Kept>();
        kept.ChampionVersion.ShouldBe(first.Version);
        kept.Verdict.ShouldContain("below");
        (await stage.Registry.FindChampionAsync(default))!.Version.ShouldBe(first.Version);
        (await stage.TrainAsync()).ShouldBeOfType<TrainingOutcome.Unchanged>("what was rejected once is not trained again");
    }

    [Fact]
    public async Task A_champion_of_other_features_is_replaced()
    {
        await using var stage = await Stage.CreateAsync(postgres);
        await stage.AddLeadsAsync(1500);
        var first = (TrainingOutcome.Promoted)await stage.TrainAsync();
        await stage.ExecuteAsync("update serving.models set schema_fingerprint = 'that of an older program'");

        var second = (await stage.TrainAsync()).ShouldBeOfType<TrainingOutcome.Promoted>();

        second.Version.ShouldBeGreaterThan(first.Version);
    }

    [Fact]
    public async Task A_champion_of_a_learner_that_is_no_longer_there_is_replaced()
    {
        await using var stage = await Stage.CreateAsync(postgres);
        await stage.AddLeadsAsync(1500);
        var first = (TrainingOutcome.Promoted)await stage.TrainAsync();
        await stage.ExecuteAsync("update serving.models set learner = 'oracle'");

        (await stage.TrainAsync()).ShouldBeOfType<TrainingOutcome.Promoted>().Version.ShouldBeGreaterThan(first.Version);
    }

    [Fact]
    public async Task Open_leads_are_scored_and_only_what_has_changed_is_written()
    {
        await using var stage = await Stage.CreateAsync(postgres);
        await stage.AddLeadsAsync(1500);
        var declaration = Scoring.Features.DeclaredPredictions.Find("lead_conversion")!;
        var scoring = new BatchScoring(stage.Source, declaration, stage.Registry, NullLogger.Instance);
        await stage.Registry.CreateAsync(default);
        (await scoring.RunAsync(default)).ShouldBeNull("there is no champion yet");

        var version = ((TrainingOutcome.Promoted)await stage.TrainAsync()).Version;
        var open = await CountAsync(stage, "select count(*) from dev_test_features.lead_features where not is_customer");
        (await scoring.RunAsync(default)).ShouldBe(new ScoreChanges(open, (int)open, 0));
        (await scoring.RunAsync(default)).ShouldBe(new ScoreChanges(open, 0, 0), "nothing has changed");

        // one becomes a customer, one has been called more often, one is new, and another prediction's scores stay
        await stage.ExecuteAsync(
            $"""
            insert into serving.scores select target, 'another', entity, model_version, probability, scored_at from serving.scores;
            update dev_test_features.lead_features set is_customer = true where contact_id = (select min(contact_id) from dev_test_features.lead_features where not is_customer);
            update dev_test_features.lead_features set call_attempts = 10 where contact_id = (
                select contact_id from dev_test_features.lead_features where not is_customer and call_attempts = 20 order by contact_id limit 1);
            insert into dev_test_features.lead_features (contact_id, created_at, marketing_source, is_customer) values (9999, '2025-05-02', 'Meta', false);
            """);
        (await scoring.RunAsync(default)).ShouldBe(new ScoreChanges(open, 2, 1));

        (await CountAsync(stage, $"select count(*) from serving.scores where prediction = 'lead_conversion' and target = 'dev_test' and model_version = {version}"))
            .ShouldBe(open);
        (await CountAsync(stage, "select count(*) from serving.scores where prediction = 'another'")).ShouldBe(open);
        (await CountAsync(stage, "select count(*) from pg_class where relname = 'scores_given'")).ShouldBe(0);
        var champion = (await stage.Registry.FindChampionAsync(default))!;
        var row = (await new Features.FeatureTable(stage.Source, declaration).FindAsync(new Features.EntityKey(["9999"]), default))!;
        var score = (await stage.Registry.LoadAsync(champion, declaration.FeatureSchema, default)).Score(row.Features).Probability;
        (await CountAsync(stage, FormattableString.Invariant($"select count(*) from serving.scores where entity = '9999' and probability = {score:R}")))
            .ShouldBe(1, "a batch gives the score that the API gives");

        // what the API refuses has no score here
        var bands = new Scoring.Evaluation.ScoreBands(champion.Metrics);
        (await CountAsync(stage, FormattableString.Invariant($"select count(*) from serving.scores where entity = '9999' and band = '{bands.Of(score)}'"))).ShouldBe(1);
        var strict = declaration with
        {
            Features = [.. declaration.Features.Select(one => one.Name == "message_length" ? one with { OutOfRange = Scoring.Features.OutOfRangePolicy.Refuse } : one)],
        };
        await stage.ExecuteAsync("update dev_test_features.lead_features set message_length = -1 where contact_id = 9999");
        (await new BatchScoring(stage.Source, strict, stage.Registry, NullLogger.Instance).RunAsync(default)).ShouldBe(new ScoreChanges(open - 1, 0, 1));
        await stage.ExecuteAsync("update dev_test_features.lead_features set message_length = null where contact_id = 9999");
        (await scoring.RunAsync(default)).ShouldBe(new ScoreChanges(open, 1, 0));

        // a champion that this build cannot use is no reason to fail a training that ended well
        await stage.ExecuteAsync("update serving.models set schema_fingerprint = 'another' where status = 'champion'");
        (await scoring.RunAsync(default)).ShouldBeNull();
        (await CountAsync(stage, "select count(*) from serving.scores where prediction = 'lead_conversion'")).ShouldBe(open, "the scores of before stay");
    }

    private static async Task<long> CountAsync(Stage stage, string sql)
    {
        await using var command = stage.Source.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }

    [Fact]
    public async Task Each_target_has_a_champion_of_its_own()
    {
        await using var stage = await Stage.CreateAsync(postgres);
        await stage.AddLeadsAsync(1500);
        await stage.TrainAsync();

        var production = new ModelRegistry(
            Npgsql.NpgsqlDataSource.Create(new Npgsql.NpgsqlConnectionStringBuilder(stage.ConnectionString) { SearchPath = "prod" }), "lead_conversion");

        (await production.FindChampionAsync(default)).ShouldBeNull();
        (await production.ListAsync(default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Two_trainings_at_once_leave_one_champion()
    {
        await using var stage = await Stage.CreateAsync(postgres);
        await stage.AddLeadsAsync(1500);

        await Task.WhenAll(stage.TrainAsync(), stage.TrainAsync(), stage.TrainAsync());

        (await stage.Registry.ListAsync(default)).Count(model => model.Status is ModelStatus.Champion).ShouldBe(1);
    }

    [Fact]
    public async Task Too_few_leads_are_not_learnt_from()
    {
        await using var stage = await Stage.CreateAsync(postgres);
        await stage.AddLeadsAsync(499);

        (await Failure(stage)).ShouldBe("lead_features holds 499 examples (and 1 whose label is not ripe), 500 are needed to train: load more data, or lower Training:MinimumExamples.");
    }

    [Fact]
    public async Task Leads_without_customers_are_not_learnt_from()
    {
        await using var stage = await Stage.CreateAsync(postgres);
        await stage.AddLeadsAsync(1000);
        await stage.ExecuteAsync("update dev_test_features.lead_features set is_customer = false");

        (await Failure(stage)).ShouldStartWith("lead_features holds 0 positive labels among 1000 examples");
    }

    [Fact]
    public async Task A_model_that_knows_nothing_never_becomes_champion()
    {
        await using var stage = await Stage.CreateAsync(postgres);
        await stage.AddLeadsAsync(1000);
        await stage.ExecuteAsync("update dev_test_features.lead_features set is_customer = abs(hashint8(contact_id * 31)) % 2 = 0");

        (await Failure(stage)).ShouldMatch(@"^No model can answer: of the trained ones the best is the scorecard, and its AUC 0\.\d+ is below the minimum of 0\.7000\.$");
        (await stage.Registry.FindChampionAsync(default)).ShouldBeNull();
        (await stage.Registry.ListAsync(default)).Single().Status.ShouldBe(ModelStatus.Rejected);
    }

    [Fact]
    public async Task A_missing_features_table_says_what_to_do()
    {
        await using var stage = await Stage.CreateAsync(postgres);
        await stage.ExecuteAsync("drop table dev_test_features.lead_features");

        (await Failure(stage)).ShouldEndWith("in the warehouse: build the models first.");
    }

    [Fact]
    public async Task A_learner_that_does_not_exist_is_named()
    {
        await using var stage = await Stage.CreateAsync(postgres);
        stage.Options.Learners.Add("oracle");

        (await Failure(stage)).ShouldStartWith("Training:Learners names 'oracle', which this build does not have; it has ");
    }

    private static async Task<string> Failure(Stage stage) => (await Should.ThrowAsync<TrainingException>(stage.TrainAsync)).Message;
}
