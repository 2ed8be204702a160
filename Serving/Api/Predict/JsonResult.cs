using System.Text.Json;

namespace Serving.Api.Predict;

/// <summary>An answer that is written straight to the response.</summary>
internal sealed class JsonResult(Action<Utf8JsonWriter> write, int status = StatusCodes.Status200OK) : IResult
{
    private static readonly JsonWriterOptions s_options = new() { SkipValidation = true };

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = status;
        httpContext.Response.ContentType = "application/json; charset=utf-8";
        await using (var json = new Utf8JsonWriter(httpContext.Response.BodyWriter, s_options))
            write(json);
        await httpContext.Response.BodyWriter.FlushAsync(httpContext.RequestAborted);
    }
}
