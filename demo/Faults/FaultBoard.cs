using System.Diagnostics.CodeAnalysis;

namespace Alerts.Demo.Faults;

/// <summary>
/// The faults a demo server is asked for, in the order they were added; the first that applies strikes.
/// At most <see cref="MaxFaults"/> at once. Safe to use from many threads; reading an empty board takes no lock.
/// </summary>
public sealed class FaultBoard<TFault>
    where TFault : Fault
{
    /// <summary>More faults than this at once are refused.</summary>
    public const int MaxFaults = 100;

    readonly Lock gate = new();
    readonly List<Entry> entries = [];
    volatile bool isEmpty = true;

    /// <summary>How often a fault struck since the start; can be awaited.</summary>
    public AwaitableCounter Struck { get; } = new();

    /// <summary>Whether nothing is to strike; takes no lock.</summary>
    public bool IsEmpty => isEmpty;

    /// <summary>The faults still to strike, each with its <see cref="Fault.Times"/> counted down.</summary>
    public IReadOnlyList<TFault> Active
    {
        get
        {
            lock (gate)
                return [.. entries.Select(entry => entry.Fault with { Times = entry.Left })];
        }
    }

    /// <summary>Adds a fault behind those that are there.</summary>
    /// <exception cref="ArgumentException">The fault makes no sense, or the board is full.</exception>
    public void Add(TFault fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        fault.Validate();
        lock (gate)
        {
            if (entries.Count == MaxFaults)
                throw new ArgumentException($"There are already {MaxFaults} faults; clear them first.");
            entries.Add(new Entry(fault));
            isEmpty = false;
        }
    }

    /// <summary>Takes every fault away and adds these; when one makes no sense nothing changes.</summary>
    /// <exception cref="ArgumentException">A fault makes no sense, or there are too many.</exception>
    public void Replace(IReadOnlyList<TFault> faults)
    {
        ArgumentNullException.ThrowIfNull(faults);
        if (faults.Count > MaxFaults)
            throw new ArgumentException($"At most {MaxFaults} faults at once.");
        foreach (var fault in faults)
            fault.Validate();
        lock (gate)
        {
            entries.Clear();
            entries.AddRange(faults.Select(fault => new Entry(fault)));
            isEmpty = entries.Count == 0;
        }
    }

    /// <summary>Takes every fault away.</summary>
    public void Clear() => Replace([]);

    /// <summary>The first fault that applies, counted down; false on none.</summary>
    public bool TryTake<TState>(TState state, Func<TFault, TState, bool> applies, [NotNullWhen(true)] out TFault? fault)
    {
        fault = null;
        if (isEmpty)
            return false;
        lock (gate)
        {
            var index = entries.FindIndex(entry => applies(entry.Fault, state));
            if (index < 0)
                return false;
            var entry = entries[index];
            fault = entry.Fault;
            if (--entry.Left == 0)
                entries.RemoveAt(index);
            isEmpty = entries.Count == 0;
        }
        Struck.Increment();
        return true;
    }

    sealed class Entry(TFault fault)
    {
        public TFault Fault => fault;

        /// <summary>Null stays null: until cleared.</summary>
        public int? Left { get; set; } = fault.Times;
    }
}
