using System.Diagnostics;

namespace Serving.Api.Tests;

/// <summary>Activities belong to the process: no other service may run in it meanwhile.</summary>
[Collection(nameof(Alone))]
public sealed class TraceTests(PostgresFixture postgres)
{
    [Fact]
    public async Task A_prediction_is_one_trace_down_to_its_statement()
    {
        await using var warehouse = await Warehouse.CreateAsync(postgres);
        await warehouse.TrainAsync();
        await using var service = new Service(warehouse.ConnectionString);

        await service.PredictAsync(7);

        var request = service.Spans.Single(span => span.Kind is ActivityKind.Server);
        request.DisplayName.ShouldBe("POST /predict");
        request.GetTagItem("http.response.status_code").ShouldBe(200);
        service.Spans.ShouldContain(span => span.Source.Name == "Npgsql" && span.TraceId == request.TraceId);
    }

    [Fact]
    public async Task Looking_for_a_newer_champion_leaves_no_trace_but_loading_one_does()
    {
        await using var warehouse = await Warehouse.CreateAsync(postgres);
        await warehouse.TrainAsync();
        await using var service = new Service(warehouse.ConnectionString);
        await service.PredictAsync(7);

        // twenty refresh intervals
        await Task.Delay(1000);

        var load = service.Spans.Single(span => span.OperationName == "load champion");
        load.Source.Name.ShouldBe("Leadline.Serving");
        var request = service.Spans.Single(span => span.Kind is ActivityKind.Server);
        service.Spans.Where(span => span.TraceId != load.TraceId && span.TraceId != request.TraceId)
            .Select(span => $"{span.Source.Name} {span.DisplayName}").ShouldBeEmpty();
    }
}

[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
