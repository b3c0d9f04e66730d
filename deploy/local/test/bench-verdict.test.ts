import { describe, expect, it } from 'vitest';
import { judge } from '../src/bench/verdict.js';

describe('a bench verdict', () => {
  it('is met when the rounds agree above the goal', () => {
    expect(judge([0.9, 0.91, 0.92, 0.9, 0.91], { atLeast: 0.8 })).toMatchObject({ median: 0.91, verdict: 'met' });
  });
  it('is missed when the rounds agree below it', () => {
    expect(judge([0.6, 0.61, 0.62, 0.6, 0.61], { atLeast: 0.8 }).verdict).toBe('missed');
  });
  it('counts downwards where less is better', () => {
    expect(judge([1.1, 1.1, 1.1], { atMost: 1.5 }).verdict).toBe('met');
    expect(judge([1.9, 1.9, 1.9], { atMost: 1.5 }).verdict).toBe('missed');
  });
  it('is not decided when rounds differ by more than the goal is away', () => {
    expect(judge([0.5, 0.7, 0.81, 0.95, 1.2], { atLeast: 0.8 }).verdict).toBe('not decided');
  });
});
