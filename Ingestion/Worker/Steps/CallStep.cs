using System.Net.Http.Headers;
using System.Text;
using Ingestion.Worker.Definitions;
using Ingestion.Worker.Telemetry;

namespace Ingestion.Worker.Steps;

/// <summary>Sends an HTTP request; an answer of 2xx is its success. The step's own retries and timeout hold, and no others.</summary>
internal sealed class CallStep(SourceConnections connections) : IStepAction, IDisposable
{
    // a redirect would take the secret to an address that the file doesn't name
    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    public IReadOnlyList<StepKind> Kinds { get; } = [StepKind.Call];

    public async Task<StepResult> RunAsync(StepContext context, CancellationToken cancellationToken)
    {
        var call = context.Step.Call!;
        using var request = new HttpRequestMessage(new HttpMethod(call.Method), call.Url);
        if (call.Body.Length > 0)
            request.Content = new StringContent(call.Body, Encoding.UTF8, "application/json");
        foreach (var (name, value) in call.Headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
                request.Content?.Headers.TryAddWithoutValidation(name, value);
        }

        if (call.Secret.Length > 0)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", connections.Secret(call.Secret));

        try
        {
            using var response = await _client.SendAsync(request, cancellationToken);
            if (!response.IsSuccessStatusCode)
                throw new PipelineException($"{call.Method} {Address(call.Url)} was answered with {(int)response.StatusCode}");

            Log.Called(context.Logger, context.Pipeline.Name, call.Method, Address(call.Url), (int)response.StatusCode);
            return new StepResult();
        }
        catch (HttpRequestException exception)
        {
            throw new PipelineException($"{call.Method} {Address(call.Url)} was not answered: {exception.Message}", exception);
        }
    }

    public void Dispose() => _client.Dispose();

    /// <summary>Without the query, which may hold a secret.</summary>
    private static string Address(Uri url) => url.GetLeftPart(UriPartial.Path);
}
