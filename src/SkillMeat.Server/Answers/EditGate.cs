using Microsoft.AspNetCore.Http;
using SkillMeat.Errors;
using SkillMeat.Server.Problems;

namespace SkillMeat.Server.Answers;

/// <summary>Lets edits of one thing come one after another.</summary>
/// <param name="longest">The longest time that an edit waits for its turn.</param>
internal sealed class EditGate(TimeSpan longest)
{
    /// <summary>Stands for what all collections share. No collection has this name.</summary>
    private const string Home = "/";

    // Two names can share one, so that names that do not exist need no memory.
    private readonly SemaphoreSlim[] _turns = [.. Enumerable.Range(0, 32).Select(_ => new SemaphoreSlim(1))];

    /// <summary>
    /// Makes a change of what all collections share: the lists of collections, projects and marketplaces, and the settings. Those that wait come in the order of their requests, which the lock of the
    /// home does not promise.
    /// </summary>
    /// <param name="context">The request.</param>
    /// <param name="change">Makes the change.</param>
    public Task<T> RunForHomeAsync<T>(HttpContext context, Func<Task<T>> change) => RunAsync(context, Home, change);

    /// <summary>Makes an edit, which checks <c>If-Match</c> under the engine's lock. No edit begins another one, which could wait for the same turn.</summary>
    /// <param name="context">The request.</param>
    /// <param name="collection">The name of the collection that is edited.</param>
    /// <param name="edit">Makes the edit.</param>
    /// <exception cref="ServiceException">423: other edits took too long.</exception>
    public async Task<TResult> RunAsync<TResult>(HttpContext context, string collection, Func<Task<TResult>> edit)
    {
        var turn = _turns[(uint)StringComparer.Ordinal.GetHashCode(collection) % _turns.Length];
        if (!await turn.WaitAsync(longest, context.RequestAborted))
            throw new ServiceException(StatusCodes.Status423Locked, ErrorIds.LockTimeout, $"Other changes that came before did not end within {longest.TotalSeconds:0.#} s. Nothing was changed. Try again.");
        try
        {
            return await edit();
        }
        finally
        {
            turn.Release();
        }
    }
}
