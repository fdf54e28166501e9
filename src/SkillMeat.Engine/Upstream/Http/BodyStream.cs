namespace SkillMeat.Upstream.Http;

/// <summary>
/// A body whose faults are told apart from the reader's own: a reset, a truncation, broken compression or a stall becomes a
/// <see cref="TransientUpstreamException"/>, while a full disk in the reader stays what it is.
/// </summary>
internal sealed class BodyStream : Stream
{
    private readonly Stream _inner;
    private readonly StallTimer _stall;
    private readonly Uri _host;
    private long _bytes;

    public BodyStream(Stream inner, StallTimer stall, Uri host)
    {
        _host = host;
        _inner = inner;
        _stall = stall;
    }

    /// <summary>What went wrong with the body, whatever the reader made of it; null when nothing did.</summary>
    public TransientUpstreamException? Failure { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => _bytes;
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (!cancellationToken.CanBeCanceled || cancellationToken == _stall.Token)
            return await ReadOnceAsync(buffer, _stall.Token).ConfigureAwait(false);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _stall.Token);
        return await ReadOnceAsync(buffer, both.Token).ConfigureAwait(false);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    // Some decompressors and parsers know no other way; the wait must end with the stall timer here too.
    public override int Read(byte[] buffer, int offset, int count) => ReadAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();

    public override int Read(Span<byte> buffer)
    {
        byte[] copy = new byte[buffer.Length];
        int read = Read(copy, 0, copy.Length);
        copy.AsSpan(0, read).CopyTo(buffer);
        return read;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <summary>
    /// Reads what a reader left, so that a body cut off behind the reader's last byte is noticed and the connection is kept.
    /// Gives up after a limit: a reader that wanted only the beginning of something large is right.
    /// </summary>
    public async Task DrainAsync()
    {
        byte[] rest = new byte[4096];
        for (int left = 64 * 1024; left > 0;)
        {
            int read = await ReadAsync(rest, CancellationToken.None).ConfigureAwait(false);
            if (read == 0) return;
            left -= read;
        }
    }

    private async ValueTask<int> ReadOnceAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        _stall.Start();
        try
        {
            int read = await _inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
            _bytes += read;
            return read;
        }
        catch (OperationCanceledException e) when (_stall.Expired)
        {
            throw Failure = new TransientUpstreamException($"the answer stalled for {_stall.Patience} after {_bytes} bytes", e);
        }
        catch (InvalidDataException e)
        {
            throw Failure = new TransientUpstreamException($"the answer's compression is broken after {_bytes} bytes", e);
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            throw Failure = new TransientUpstreamException($"the answer broke off after {_bytes} bytes", e) { BrokenHttp2 = HttpVersions.IsBroken(e) ? _host : null };
        }
        finally
        {
            _stall.Stop();
        }
    }
}
