namespace SkillMeat.Upstream.Http;

/// <summary>What a host's gate says to a request.</summary>
/// <param name="Wave">Counts the host's pauses; a request remembers the one it started in.</param>
/// <param name="Wait">How long the host is paused; zero when it may go.</param>
/// <param name="Closed">The limit that makes asking pointless; null when there is none.</param>
internal readonly record struct GateState(int Wave, TimeSpan Wait, HostClosure? Closed);
