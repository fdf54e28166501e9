using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using SkillMeat.Server.Json;
using SkillMeat.Server.Problems;

namespace SkillMeat.Server.Answers;

/// <summary>Lets edits of one thing come one after another, and refuses one whose <c>If-Match</c> is not the thing as it is now.</summary>
internal sealed class EditGate
{
    /// <summary>Stands for what all collections share. No collection has this name.</summary>
    public const string Home = "/";

    private readonly ConcurrentDictionary<string, SemaphoreSlim> _turns = new(StringComparer.Ordinal);

    /// <summary>Makes an edit.</summary>
    /// <param name="context">The request.</param>
    /// <param name="collection">The name of the collection that is edited, or of another thing of the home.</param>
    /// <param name="current">Reads the thing as GET of the same address answers it.</param>
    /// <param name="edit">Makes the edit.</param>
    /// <exception cref="ServiceException">412: it was changed since the client read it.</exception>
    public Task<TResult> RunAsync<TCurrent, TResult>(HttpContext context, string collection, Func<TCurrent> current, Func<Task<TResult>> edit) =>
        InTurnAsync(context, collection, () => Check(context, current), edit);

    /// <summary>
    /// Makes a change of what all collections share: the lists of collections, projects and marketplaces, and the settings. Those that wait come in the order of their requests, which the lock of the
    /// home does not promise.
    /// </summary>
    /// <param name="context">The request.</param>
    /// <param name="change">Makes the change.</param>
    public Task<T> RunForHomeAsync<T>(HttpContext context, Func<Task<T>> change) => InTurnAsync(context, Home, () => { }, change);

    private async Task<T> InTurnAsync<T>(HttpContext context, string key, Action check, Func<Task<T>> edit)
    {
        var turn = _turns.GetOrAdd(key, _ => new SemaphoreSlim(1));
        await turn.WaitAsync(context.RequestAborted);
        try
        {
            check();
            return await edit();
        }
        finally
        {
            turn.Release();
        }
    }

    private static void Check<T>(HttpContext context, Func<T> current)
    {
        var header = context.Request.Headers.IfMatch;
        if (header.Count == 0) return;
        var tag = JsonAnswer.TagOf(ServiceJson.BytesOf(current()));
        // A weak tag never matches (RFC 9110, 13.1.1).
        if (EntityTagHeaderValue.TryParseList(header, out var wanted) && wanted.Any(one => one.Tag == "*" || (!one.IsWeak && one.Tag == tag))) return;
        throw new ServiceException(StatusCodes.Status412PreconditionFailed, ServiceErrorIds.PreconditionFailed, "It was changed since it was read. Read it again, and repeat the edit on what it is now.");
    }
}
