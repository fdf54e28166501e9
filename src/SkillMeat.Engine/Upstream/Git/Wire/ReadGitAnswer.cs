namespace SkillMeat.Upstream.Git.Wire;

/// <summary>Reads an answer. It runs once per attempt, so what it leaves behind when it throws must be nothing.</summary>
/// <param name="head">Status, type and place of the answer.</param>
/// <param name="body">Readable during the call only.</param>
/// <param name="cancellationToken">Cancelled when nobody waits any more.</param>
/// <typeparam name="T">What was read.</typeparam>
internal delegate Task<T> ReadGitAnswer<T>(GitAnswer head, Stream body, CancellationToken cancellationToken);
