namespace SkillMeat.Upstream.Http;

/// <summary>
/// Reads and parses a body. It runs again when an attempt is repeated, so it must not leave anything behind. What it throws decides:
/// <see cref="TransientUpstreamException"/>, <see cref="System.Text.Json.JsonException"/>, <see cref="InvalidDataException"/> and
/// <see cref="EndOfStreamException"/> are tried again, <see cref="RateLimitedException"/> waits, all else is the caller's.
/// </summary>
/// <param name="body">The decompressed body; readable during the call only.</param>
/// <param name="response">The answer's head.</param>
/// <param name="cancellationToken">Cancelled by the user or by silence.</param>
/// <typeparam name="T">What the body holds.</typeparam>
internal delegate Task<T> ReadAnswer<T>(Stream body, UpstreamResponse response, CancellationToken cancellationToken);
