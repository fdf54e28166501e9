namespace SkillMeat.Upstream.Git.Wire;

/// <summary>Reads an answer. It runs once for each attempt, so it must not leave anything behind when it fails.</summary>
/// <param name="head">The status, type and address of the answer.</param>
/// <param name="body">The body, which is readable during the call only.</param>
/// <param name="cancellationToken">Cancels the reading.</param>
/// <typeparam name="T">The type of the result.</typeparam>
internal delegate Task<T> ReadGitAnswer<T>(GitAnswer head, Stream body, CancellationToken cancellationToken);
