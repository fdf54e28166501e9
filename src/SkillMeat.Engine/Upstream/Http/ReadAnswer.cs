namespace SkillMeat.Upstream.Http;

/// <summary>
/// Reads and parses a body. It runs again in each attempt, so it must not have side effects. Attempts are repeated after <see
/// cref="TransientUpstreamException"/>, <see cref="System.Text.Json.JsonException"/>, <see cref="InvalidDataException"/> and <see
/// cref="EndOfStreamException"/>, and after a wait for <see cref="RateLimitedException"/>. All other exceptions reach the caller.
/// </summary>
/// <param name="body">The decompressed body, which is readable during the call only.</param>
/// <param name="response">The head of the answer.</param>
/// <param name="cancellationToken">Cancelled by the user or the stall timer.</param>
/// <typeparam name="T">The type of the result.</typeparam>
internal delegate Task<T> ReadAnswer<T>(Stream body, UpstreamResponse response, CancellationToken cancellationToken);
