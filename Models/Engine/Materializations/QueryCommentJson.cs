using System.Text.Json.Serialization;

namespace Models.Engine.Materializations;

/// <summary>Serialisation without reflection, which costs start-up time.</summary>
[JsonSerializable(typeof(Dictionary<string, string>))]
internal sealed partial class QueryCommentJson : JsonSerializerContext;
