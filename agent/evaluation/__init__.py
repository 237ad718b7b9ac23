"""Scripted evaluations: conversations played in a prepared world and judged by code."""
