using SkillMeat.Checks;
using SkillMeat.Collections;
using SkillMeat.Upstream;

namespace SkillMeat.Cache.Background.Tasks;

/// <summary>Keeps what an update check found.</summary>
/// <param name="collection">The collection.</param>
/// <param name="session">The connection to upstream, for what the check did not ask.</param>
/// <param name="result">The results of the artifacts that were asked about.</param>
/// <param name="cancellationToken">Cancels the work.</param>
internal delegate Task RecordChecks(Collection collection, UpstreamSession session, UpdateCheckResult result, CancellationToken cancellationToken);
