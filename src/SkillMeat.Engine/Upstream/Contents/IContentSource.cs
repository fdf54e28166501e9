using SkillMeat.Errors;
using SkillMeat.Objects;

namespace SkillMeat.Upstream.Contents;

/// <summary>Fetches content from one kind of repository into a store. Thread-safe.</summary>
internal interface IContentSource
{
    /// <summary>Fetches all paths. They are in the store when the batch is committed.</summary>
    /// <param name="question">The wanted content. The commit is in lower case; the paths have no empty parts and no <c>..</c>.</param>
    /// <param name="objects">The batch that receives the content.</param>
    /// <param name="cancellationToken">Cancels the fetch, whose objects may stay in the batch.</param>
    /// <returns>The paths in the order of the question.</returns>
    /// <exception cref="SkillMeatException">The repository as a whole cannot be fetched, or the store cannot be written.</exception>
    Task<IReadOnlyList<FetchedPath>> FetchAsync(ContentQuestion question, ObjectBatch objects, CancellationToken cancellationToken);
}
