namespace SkillMeat.Upstream.Git;

/// <summary>The extent of a fetch.</summary>
/// <param name="WithoutBlobs">
/// Whether to leave out the contents of files, except for blobs that are requested by id. A server without this capability sends them anyway.
/// </param>
/// <param name="Depth">The number of commits of history to fetch, from 1; null for all. A server without this capability sends all.</param>
internal sealed record GitFetchOptions(bool WithoutBlobs, int? Depth)
{
    /// <summary>
    /// Whether to leave out trees and blobs as well, except for those that are requested by id. A server without this capability sends them anyway.
    /// </summary>
    public bool WithoutTrees { get; init; }

    /// <summary>
    /// The commit whose history is not sent; null to fetch as if nothing were there. Only servers of version 2 are asked, and only for the whole history after it: any other answer is an error, because it looks
    /// like one with fewer commits.
    /// </summary>
    public GitOid? Have { get; init; }

    /// <summary>The largest number of objects to accept from a server that leaves out trees and blobs; null for the usual limits. From others, a multiple of it is accepted.</summary>
    public int? MostObjects { get; init; }
}
