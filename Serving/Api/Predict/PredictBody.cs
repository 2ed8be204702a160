namespace Serving.Api.Predict;

/// <summary>The body of <c>POST /predict</c>, for the API's description: one of the first three members, and the number of reasons.</summary>
internal sealed record PredictBody(
    long? ContactId = null, IReadOnlyList<long>? ContactIds = null, IReadOnlyDictionary<string, object?>? Features = null, int? Reasons = null);
