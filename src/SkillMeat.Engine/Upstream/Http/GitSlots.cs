namespace SkillMeat.Upstream.Http;

/// <summary>
/// Limits the number of concurrent git requests to a host. Requests for objects have a limit of their own, so that requests for refs do not wait
/// behind them.
/// </summary>
internal sealed class GitSlots : IDisposable
{
    private readonly SemaphoreSlim _all;
    private readonly SemaphoreSlim _objects;

    public GitSlots(int most)
    {
        _all = new SemaphoreSlim(most);
        _objects = new SemaphoreSlim(most);
    }

    public async Task WaitAsync(HostRole role, CancellationToken cancellationToken)
    {
        if (role == HostRole.GitObjects) await _objects.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await _all.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            if (role == HostRole.GitObjects) _objects.Release();
            throw;
        }
    }

    public void Release(HostRole role)
    {
        _all.Release();
        if (role == HostRole.GitObjects) _objects.Release();
    }

    public void Dispose()
    {
        _all.Dispose();
        _objects.Dispose();
    }
}
