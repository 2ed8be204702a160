using Models.Jinja.Rendering;

namespace Models.Rendering.Context;

/// <summary>A node's own SQL, without what it reads, and the context that it was rendered in.</summary>
internal sealed record RenderedEphemeral(RenderedTemplate Sql, NodeContext Context);
