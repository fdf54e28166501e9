namespace SkillMeat.Upstream.Http;

/// <summary>The state of a host's gate for a request.</summary>
/// <param name="Wave">The number of pauses of the host so far; a request remembers the number at its start.</param>
/// <param name="Wait">The remaining pause; zero if the request may be sent.</param>
/// <param name="Closed">The limit that makes the request pointless; null if there is none.</param>
internal readonly record struct GateState(int Wave, TimeSpan Wait, HostClosure? Closed);
